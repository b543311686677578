package io.reelgate.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives each test {@link Visitors} of its own, in one browser for all tests: the Chromium on the PATH, else the one that
 * Playwright fetches. Where neither is to be had, the tests are skipped and say why.
 */
final class Chromium implements ExecutionCondition, AfterEachCallback, ParameterResolver {

    private static final Namespace MINE = Namespace.create(Chromium.class);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** Playwright and its browser, until the last test is over; without a browser, why there is none. */
    private record Started(
            @Nullable Playwright playwright,
            @Nullable Browser browser,
            @Nullable Exception trouble) implements AutoCloseable {

        @Override
        public void close() {
            if (playwright != null) {
                playwright.close();
            }
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var started = started(context);
        return started.browser() != null
                ? ConditionEvaluationResult.enabled("There is a Chromium")
                : ConditionEvaluationResult.disabled(
                        "No Chromium is on the PATH, and none could be fetched: " + started.trouble());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visitors.class;
    }

    @Override
    public Visitors resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(MINE)
                .computeIfAbsent(
                        Visitors.class,
                        _ -> new Visitors(
                                Objects.requireNonNull(started(context).browser()),
                                SpringExtension.getApplicationContext(context)
                                        .getEnvironment()
                                        .getRequiredProperty("local.server.port", Integer.class)),
                        Visitors.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var visitors = context.getStore(MINE).get(Visitors.class, Visitors.class);
        if (visitors != null) {
            visitors.leave();
        }
    }

    private static Started started(ExtensionContext context) {
        return context.getRoot().getStore(MINE).computeIfAbsent(Started.class, _ -> start(), Started.class);
    }

    private static Started start() {
        var chromium = onPath();
        if (chromium.isPresent()) {
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            var options = new LaunchOptions().setExecutablePath(chromium.get());
            return new Started(playwright, playwright.chromium().launch(options), null);
        }
        try {
            var playwright = Playwright.create();
            return new Started(playwright, playwright.chromium().launch(), null);
        } catch (RuntimeException e) {
            return new Started(null, null, e);
        }
    }

    private static Optional<Path> onPath() {
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return NAMES.stream()
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
