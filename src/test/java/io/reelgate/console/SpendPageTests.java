package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ops see of money in the console. */
@ConsoleTest
class SpendPageTests {

    @Autowired
    GatewayClient app;

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Test
    void showsWhatWasSpentAndHasAJobsChargeCorrected(Visitors visitors) {
        var id = app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "spender")
                .id();
        jdbc.sql(
                        "update video_job set estimated_tokens = 50638, price_per_million = 46, price_currency = 'CNY' where id = ?")
                .param(id)
                .update();
        var page = visitors.ops();
        page.click("nav >> text=Spend");
        assertThat(page.locator("#lines tbody")).containsText("spender");
        assertThat(page.locator("#lines tbody tr", new Page.LocatorOptions().setHasText("spender")))
                .containsText("2.33");
        page.click("#by-day");
        assertThat(page).hasURL(Pattern.compile("by=day"));
        Assertions.assertThat(page.locator("#csv").getAttribute("href")).contains("/ops/spend.csv?from=");
        page.click("#range-last");
        assertThat(page.locator(".empty")).containsText("Nothing was spent on these days");

        upstream.onPoll(_ -> Answer.ok("{\"status\":\"failed\",\"error\":{\"code\":\"bad\",\"message\":\"no\"}}"));
        await().untilAsserted(
                        () -> Assertions.assertThat(app.job(id).text("/status")).isEqualTo("failed"));
        page.navigate("/ops/jobs/" + id);
        assertThat(page.locator("#price")).hasText("46 CNY per million tokens");
        assertThat(page.locator("#cost")).hasText("0.00 CNY");
        page.click("#open-charge");
        page.fill("#charge-amount", "1.5");
        page.fill("#charge-note", "as on the bill");
        page.click("#charge button[type=submit]");
        assertThat(page.locator("[role=status].done")).hasText("The charge is corrected.");
        assertThat(page.locator("#cost")).hasText("1.50 CNY");
        assertThat(page.locator("#charges tbody tr")).hasCount(1);
    }
}
