package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** People at the console, each in a browser window of their own; whatever their browsers complain of fails the test. */
final class Visitors {

    private static final double PATIENCE_MS = 60_000;

    private final Browser browser;
    private final int port;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private List<String> expected = List.of();

    Visitors(Browser browser, int port) {
        this.browser = browser;
        this.port = port;
    }

    /** Somebody who is not logged in, at a window of 1280 × 900. */
    Page anybody(Consumer<NewContextOptions> look) {
        var options = new NewContextOptions()
                .setBaseURL("http://127.0.0.1:" + port)
                .setViewportSize(1280, 900)
                .setLocale("en-GB")
                .setTimezoneId("Asia/Shanghai")
                .setReducedMotion(ReducedMotion.REDUCE);
        look.accept(options);
        var context = browser.newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        context.onWebError(error -> complaints.add(error.error()));
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        return context.newPage();
    }

    Page ops() {
        return ops(_ -> {});
    }

    /** Somebody who has logged in and sees the overview. */
    Page ops(Consumer<NewContextOptions> look) {
        var page = anybody(look);
        page.navigate("/ops/login");
        logIn(page, "test-ops");
        page.waitForURL("**/ops");
        return page;
    }

    static void logIn(Page page, String password) {
        page.fill("#username", "ops");
        page.fill("#password", password);
        page.press("#password", "Enter");
    }

    /** What browsers say of answers that the test itself provokes. */
    void expect(String... complaints) {
        expected = List.of(complaints);
    }

    void leave() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints)
                .as("what the browsers complained of")
                .filteredOn(complaint -> expected.stream().noneMatch(complaint::contains))
                .isEmpty();
    }
}
