package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.reelgate.GatewayClient;
import io.reelgate.PostgresTestConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.jdbc.Sql;

/**
 * Takes the README's pictures, when asked to: {@code mvn test -Dtest=ConsolePictures}. All of them, in both colours and on a
 * phone, are then in {@code target/pictures}; the four of the README in {@code docs/pictures}.
 */
@ExtendWith(Chromium.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "server.port=" + ConsolePictures.PORT,
            "reelgate.ops.password=test-ops",
            "reelgate.sandbox.task-length=90s"
        })
@ActiveProfiles("sandbox")
@Import(PostgresTestConfiguration.class)
class ConsolePictures {

    static final int PORT = 18_090;

    private static final List<String> IN_README = List.of("overview-light", "jobs-dark", "job-light", "balance-dark");

    private static final Map<String, Consumer<NewContextOptions>> LOOKS = Map.of(
            "light", look -> look.setColorScheme(ColorScheme.LIGHT),
            "dark", look -> look.setColorScheme(ColorScheme.DARK),
            "phone", look -> look.setViewportSize(390, 844).setIsMobile(true).setDeviceScaleFactor(2.0));

    private final GatewayClient gateway = new GatewayClient(PORT);

    @Test
    @Sql("week.sql")
    void takesAPictureOfEachPage(Visitors visitors) throws IOException {
        var settled = submit("lessons", "[garbage] A hand draws a map of the old town, ink on paper");
        gateway.opsPost(
                "/ops/api/jobs/" + settled + "/resolution",
                "{\"action\":\"lost\",\"note\":\"Neither on the task list of today nor on the bill\"}");
        submit("adverts", "[garbage] Unboxing of a coffee machine, hands only");
        for (var app : List.of("adverts", "shop", "adverts")) {
            gateway.submit(
                    GatewayClient.body("[quota] A dancer in a red dress turns, slow motion")
                            .replace("-fast", ""),
                    "X-Reelgate-App",
                    app);
        }
        for (var prompt : List.of("A kite over the sea", "A lighthouse in fog", "城市夜景，延时摄影")) {
            submit("studio", prompt);
        }
        register("shop", "The web shop: product films, at night", "/sandbox/inbox");
        register("adverts", "Films for the social media team; ask Lin before changing anything", "/nobody");
        var told =
                List.of(submit("shop", "[fail] A paper boat in the rain"), submit("adverts", "[fail] A red umbrella"));
        await().atMost(Duration.ofMinutes(3))
                .until(() -> told.stream()
                        .allMatch(id -> "failed".equals(gateway.job(id).text("/status"))));
        for (var app : List.of("shop", "adverts", "adverts", "studio")) {
            gateway.submit(
                    GatewayClient.body("[quota] A swan takes off from the lake"),
                    "X-Reelgate-App",
                    app,
                    "X-Reelgate-Hold",
                    "yes");
        }
        var pages = Map.of(
                "overview",
                "/ops",
                "jobs",
                "/ops/jobs?limit=10",
                "job",
                "/ops/jobs/" + settled,
                "balance",
                "/ops/balance",
                "apps",
                "/ops/apps",
                "app",
                "/ops/apps/shop",
                "deliveries",
                "/ops/deliveries");
        for (var look : LOOKS.entrySet()) {
            var page = visitors.ops(look.getValue());
            for (var address : pages.entrySet()) {
                page.navigate(address.getValue());
                assertThat(page.locator("#zone")).containsText("Asia/Shanghai");
                var name = address.getKey() + "-" + look.getKey();
                Palette.write(
                        page.screenshot(new ScreenshotOptions().setFullPage(true)),
                        Path.of(IN_README.contains(name) ? "docs/pictures" : "target/pictures", name + ".png"));
            }
        }
    }

    private void register(String app, String note, String hook) {
        gateway.opsPut(
                "/ops/api/apps/" + app,
                "{\"note\":\"%s\",\"webhook_url\":\"http://127.0.0.1:%d%s\"}".formatted(note, PORT, hook));
    }

    private String submit(String app, String prompt) {
        return gateway.submit(GatewayClient.body(prompt), "X-Reelgate-App", app).id();
    }
}
