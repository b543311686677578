package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What ops see of jobs that wait, and do about them. */
@ConsoleTest
class HoldPagesTests {

    private static final Answer BROKE = Answer.of(
            403,
            "{\"error\":{\"message\":\"预扣费额度失败, 用户剩余额度: ¥0.71, 需要预扣费额度: ¥11.50\",\"code\":\"insufficient_user_quota\"}}");

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @BeforeEach
    void anEmptyBalance() {
        upstream.onSubmit(_ -> BROKE);
    }

    @Test
    void showsWhyALaneIsClosedAndTriesAtOnce(Visitors visitors) {
        held("shop");
        held("shop");
        held("adverts");
        var page = visitors.ops();
        page.click("nav >> text=Balance");

        var lane = page.locator("#lanes tbody tr");
        assertThat(lane).hasCount(1);
        assertThat(lane).containsText("doubao-seedance-2-0-fast");
        assertThat(lane.locator(".chip")).hasText("closed");
        assertThat(lane).containsText("the balance");
        assertThat(lane).containsText("用户剩余额度: ¥0.71");
        assertThat(lane.locator("td.n")).hasText("3");
        assertThat(lane.locator(".apps li")).hasText(new String[] {"shop 2", "adverts 1"});
        fitsAPhone(page);

        upstream.reset();
        page.click("#lanes button.try");

        assertThat(page.locator("[role=status].done")).hasText("One job is tried now.");
        assertThat(page.locator("#lanes-none")).hasText("No job waits.");
        assertThat(upstream.submissions()).hasSize(3);
    }

    @Test
    void showsForWhatAJobWaitsAndCallsItOff(Visitors visitors) {
        var id = held("shop");
        var page = visitors.ops();
        page.navigate("/ops/jobs/" + id);

        assertThat(page.locator("#status")).hasText("held");
        assertThat(page.locator("#hold")).containsText("the balance");
        assertThat(page.locator("#hold")).containsText("Given up at");
        assertThat(page.locator(".timeline .k-held")).containsText("用户剩余额度: ¥0.71");
        fitsAPhone(page);

        page.click("text=Call off…");
        page.fill("#cancel-note", "the campaign is over");
        page.click("dialog[open] button[type=submit]");

        assertThat(page.locator("[role=status].done")).hasText("The job is called off.");
        assertThat(page.locator("#status")).hasText("cancelled");
        assertThat(page.locator(".timeline .k-cancelled")).containsText("by ops");
        assertThat(page.locator(".timeline .k-cancelled .note")).containsText("the campaign is over");
        assertThat(page.locator("#open-cancel")).hasCount(0);
        assertThat(app.job(id).text("/error/code")).isEqualTo("cancelled");
    }

    @Test
    void callsAllJobsOfAnAppOff(Visitors visitors) {
        var mine = held("shop");
        held("shop");
        var other = held("adverts");
        var page = visitors.ops();
        page.navigate("/ops/apps/shop");
        assertThat(page.locator("#waiting-title")).hasText("2 jobs wait");
        fitsAPhone(page);

        page.click("text=Call all off…");
        page.click("dialog[open] button[type=submit]");

        assertThat(page.locator("[role=status].done")).hasText("2 jobs were called off.");
        assertThat(page.locator("#waiting")).hasCount(0);
        assertThat(app.job(mine).text("/error/code")).isEqualTo("cancelled");
        assertThat(app.job(other).text("/hold/reason")).isEqualTo("balance");
    }

    @Test
    void saysTheSameInChinese(Visitors visitors) {
        var id = held("shop");
        var page = visitors.ops();
        page.click("text=中文");

        page.navigate("/ops/balance");
        assertThat(page.locator("#lanes tbody")).containsText("已关闭");
        assertThat(page.locator("#lanes tbody")).containsText("等待余额");
        fitsAPhone(page);
        page.navigate("/ops/jobs/" + id);
        assertThat(page.locator("#hold")).containsText("等待余额");
    }

    private String held(String name) {
        var answer = app.submit(GatewayClient.body("kite"), "X-Reelgate-Hold", "yes", "X-Reelgate-App", name);
        assertThat(answer.text("/hold/reason")).isEqualTo("balance");
        return answer.id();
    }

    /** What is too wide is scrolled within, not with the page. */
    private static void fitsAPhone(Page page) {
        page.setViewportSize(390, 800);
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("the width of %s", page.url())
                .isEqualTo(390);
        page.setViewportSize(1280, 900);
    }
}
