package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What ops see of webhooks in the console. */
@ConsoleTest
class DeliveriesPageTests {

    @Autowired
    GatewayClient app;

    @Autowired
    LedgerUpstream upstream;

    /** Loopback is no network that webhooks may go to here, so it is given up at once, with the reason. */
    @Test
    void showsWhatDidNotArriveAndSendsItAgain(Visitors visitors) {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"failed\",\"error\":{\"code\":\"bad\",\"message\":\"no\"}}"));
        var id = app.submit(
                        GatewayClient.body("kite"),
                        "X-Reelgate-App",
                        "shop",
                        "X-Reelgate-Webhook",
                        "http://127.0.0.1:9/hook?token=secret")
                .id();
        await().untilAsserted(() -> assertThat(app.ops("/ops/api/deliveries?state=failed")
                        .body()
                        .at("/items/0/job_id")
                        .asString(""))
                .isEqualTo(id));

        var page = visitors.ops();
        page.click("nav >> text=Apps");
        page.click(".head >> text=Webhooks");
        assertThat(page.locator("tbody tr")).containsText("given up");
        assertThat(page.locator("tbody tr")).containsText("http://127.0.0.1:9/hook?…");
        assertThat(page.locator("tbody tr")).containsText("not in the allowed networks");
        assertThat(page.content()).doesNotContain("token=secret");

        page.click("tbody button");
        assertThat(page).hasURL(Pattern.compile("/ops/jobs/" + id + "$"));
        assertThat(page.locator("[role=status].done")).hasText("The webhook is sent again, under its id.");
        assertThat(page.locator("#deliveries tbody tr")).containsText("video.failed");

        page.navigate("/ops/deliveries?state=delivered");
        assertThat(page.locator(".empty")).containsText("No webhook is on record");
    }

    @Test
    void showsAnAppsSecretAfterAClickAlone(Visitors visitors) {
        var secret = app.ops("/ops/api/apps/shop/webhook-secret").text("/secret");
        var page = visitors.ops();
        page.navigate("/ops/apps/shop");

        assertThat(page.content()).doesNotContain(secret);
        page.click("text=Show the secret");

        assertThat(page.locator("#secret-value")).hasText(secret);
    }

    @Test
    void rotatesAnAppsSecretWhenToldTwice(Visitors visitors) {
        var secret = app.ops("/ops/api/apps/shop/webhook-secret").text("/secret");
        var page = visitors.ops();
        page.navigate("/ops/apps/shop");

        page.click("#open-rotate");
        page.click("#rotate button[type=submit]");

        assertThat(page.locator("[role=status].done")).containsText("The secret is rotated");
        assertThat(page.locator("#rotations")).containsText("Rotated once.");
        assertThat(page.locator("#rotations")).containsText("signs too, until");
        assertThat(page.locator(".timeline")).containsText("secret rotated");
        page.click("text=Show the secret");
        assertThat(page.locator("#secret-value")).containsText("whsec_");
        assertThat(page.locator("#secret-value")).not().hasText(secret);
    }
}
