package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Whether everybody can read the console: on a phone, in the dark, with a screen reader, and whatever a prompt contains. */
@ConsoleTest
class ConsoleLooksTests {

    private static final String HOSTILE =
            "<script>hit = 1</script><img src=x onerror='hit = 2'>\u202e evil \u2067 rtl " + "W".repeat(10_000);

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    String id = "";
    String silent = "";

    @BeforeEach
    void aBusyRecord(@Autowired JdbcClient jdbc) {
        app.submit(GatewayClient.body("queued"));
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_silent"));
        upstream.onPoll("task_silent", Answer.of(502, "{\"message\":\"" + "z".repeat(400) + "\"}"));
        silent = app.submit(GatewayClient.body("silent")).id();
        await().until(() ->
                jdbc.sql("update poll_ticket set silent_since = now() - interval '1 hour' where failures > 1")
                                .update()
                        > 0);
        upstream.onSubmit(_ -> Answer.of(402, "{\"error\":{\"message\":\"balance " + "x".repeat(300) + "\"}}"));
        app.submit(GatewayClient.body("refused"));
        upstream.onSubmit(_ -> Answer.ok("rubbish"));
        app.submit(GatewayClient.body("unconfirmed"));
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_hostile"));
        upstream.onPoll(
                "task_hostile",
                Answer.ok("{\"status\":\"failed\",\"error\":{\"message\":\"" + "y".repeat(300) + "\"}}"));
        var body = Map.of("model", "doubao-seedance-2-0", "prompt", HOSTILE, "seconds", "5");
        id = app.submit(new JsonMapper().writeValueAsString(body), "X-Reelgate-App", "a".repeat(64))
                .id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("failed"));
    }

    private List<String> pages() {
        return List.of(
                "/ops",
                "/ops?window=7d&by=app",
                "/ops/jobs",
                "/ops/jobs/" + id,
                "/ops/jobs/" + silent,
                "/ops/stalled",
                "/ops/balance",
                "/ops/apps",
                "/ops/apps/" + "a".repeat(64),
                "/ops/deliveries");
    }

    @Test
    void showsAHostilePromptAsText(Visitors visitors) {
        var page = visitors.ops();
        page.navigate("/ops/jobs");
        var row = page.locator("#a-" + id);
        assertThat(row).containsText("<script>hit = 1</script><img src=x onerror='hit = 2'>");
        assertThat(row.locator("bdi")).hasCSS("unicode-bidi", "isolate");

        row.click();
        page.click("text=Show all");
        assertThat(page.locator(".prompt details bdi")).hasText(HOSTILE);
        page.click("text=The JSON that asked for it");
        assertThat(page.evaluate("typeof hit")).isEqualTo("undefined");
        fits(page);
    }

    @ParameterizedTest
    @EnumSource(Width.class)
    void fitsTheWindow(Width width, Visitors visitors) {
        var page = visitors.ops(look -> look.setViewportSize(width.pixels, 800).setIsMobile(width.isMobile()));
        for (var address : pages()) {
            page.navigate(address);
            fits(page);
        }
        page.navigate("/ops?lang=zh");
        fits(page);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void hasNoSeriousFaultForAxe(ColorScheme scheme, Visitors visitors) {
        var stranger = visitors.anybody(look -> look.setColorScheme(scheme));
        stranger.navigate("/ops/login?error");
        hasNoSeriousFault(stranger);
        var page = visitors.ops(look -> look.setColorScheme(scheme));
        for (var address : pages()) {
            page.navigate(address);
            hasNoSeriousFault(page);
        }
        page.navigate("/ops/jobs?status=unconfirmed");
        page.click("table.jobs a");
        page.click("text=Mark as lost…");
        assertThat(page.locator("dialog[open]")).isVisible();
        hasNoSeriousFault(page);
    }

    enum Width {
        PHONE(390),
        TABLET(820),
        LAPTOP(1280);

        private final int pixels;

        Width(int pixels) {
            this.pixels = pixels;
        }

        private boolean isMobile() {
            return this != LAPTOP;
        }
    }

    private static void fits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("the width of %s", page.url())
                .isEqualTo(page.viewportSize().width);
    }

    private static void hasNoSeriousFault(Page page) {
        var violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as("what axe finds at %s", page.url())
                .filteredOn(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }
}
