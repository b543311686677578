package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What ops do: settle jobs, pause submissions, and all of it without a mouse too. */
@ConsoleTest
class ConsoleActsTests {

    /** Whether who has the focus is seen to have it: by an outline, its own or that of the chip which stands for it. */
    private static final String FOCUS_SHOWS = """
            () => {
              const focused = document.activeElement;
              const shows = one => one && getComputedStyle(one).opacity !== '0' && getComputedStyle(one).outlineStyle !== 'none';
              return focused === document.body || Boolean(shows(focused) || shows(focused.nextElementSibling));
            }""";

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @AfterEach
    void resume() {
        app.opsPost("/ops/api/pause", "{\"paused\":false}");
    }

    @Test
    void marksAJobAsLost(Visitors visitors) {
        var id = unconfirmed();
        var page = visitors.ops();
        page.navigate("/ops/jobs/" + id);
        page.click("text=Mark as lost…");
        page.click("dialog[open] >> text=Cancel");
        assertThat(page.locator("#status")).hasText("unconfirmed");

        page.click("text=Mark as lost…");
        page.fill("#lost-note", "not on the bill");
        page.click("dialog[open] button[type=submit]");

        assertThat(page.locator("[role=status].done")).hasText("The job is marked as lost.");
        assertThat(page.locator("#status")).hasText("failed");
        assertThat(page.locator(".timeline .k-lost")).containsText("by ops");
        assertThat(page.locator(".timeline .k-lost .note")).containsText("not on the bill");
        assertThat(app.job(id).text("/error/code")).isEqualTo("submission_lost");
    }

    @Test
    void attachesTheTaskThatAJobBecame(Visitors visitors) {
        var id = unconfirmed();
        upstream.onPoll("task_strange", Answer.of(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\"}"));
        var page = visitors.ops();
        page.navigate("/ops/jobs/" + id);

        attach(page, "task_strange");
        assertThat(page.locator("[role=alert].refused")).containsText("Not done.");
        assertThat(page.locator("#status")).hasText("unconfirmed");

        attach(page, "task_found");
        assertThat(page.locator("#status")).hasText("queued");
        assertThat(page.locator(".timeline .k-attached")).containsText("by ops");
        assertThat(page.locator(".timeline .k-attached")).containsText("task_found");
    }

    @Test
    void saysOnEveryPageThatSubmissionsArePaused(Visitors visitors) {
        var id = app.submit(GatewayClient.body("kite")).id();
        var page = visitors.ops();
        page.click("text=Pause submissions…");
        page.fill("#pause-note", "the bill is being looked at");
        page.click("dialog[open] button[type=submit]");

        for (var address : List.of("/ops", "/ops/jobs", "/ops/jobs/" + id, "/ops/balance")) {
            page.navigate(address);
            assertThat(page.locator(".banner.paused")).containsText("the bill is being looked at");
            assertThat(page.locator(".banner.paused")).containsText("by ops");
        }
        assertThat(app.submit(GatewayClient.body("kite")).text("/error/code")).isEqualTo("paused");

        page.click(".banner.paused >> text=Resume");
        page.waitForURL("**/ops#pausing");
        page.click("text=Resume submissions…");
        page.click("dialog[open] button[type=submit]");
        assertThat(page.locator("[role=status].done")).containsText("open again");
        assertThat(page.locator(".banner.paused")).hasCount(0);
    }

    @Test
    void showsOnAnOpenOverviewWhatAColleagueDid(Visitors visitors) {
        var page = visitors.ops();
        page.locator("text=Pause submissions…").focus();

        app.opsPost("/ops/api/pause", "{\"paused\":true,\"note\":\"the bill is being looked at\"}");
        assertThat(page.locator(".banner.paused")).containsText("the bill is being looked at");
        assertThat(page.locator("text=Resume submissions…")).isFocused();

        page.click("text=Resume submissions…");
        page.click("dialog[open] button[type=submit]");
        assertThat(page.locator("[role=status].done")).containsText("open again");
        app.opsPost("/ops/api/pause", "{\"paused\":true}");
        assertThat(page.locator(".banner.paused")).isVisible();
        app.opsPost("/ops/api/pause", "{\"paused\":false}");
        assertThat(page.locator(".banner.paused")).hasCount(0);
        assertThat(page.locator("text=Pause submissions…")).isVisible();
    }

    @Test
    void canBeDoneBeforeAnyScriptHasRun(Visitors visitors) {
        var id = unconfirmed();
        var page = visitors.ops(look -> look.setJavaScriptEnabled(false));
        page.navigate("/ops/jobs/" + id);
        page.click("text=Mark as lost…");
        page.click("dialog[open] >> text=Cancel");
        assertThat(page.locator("dialog[open]")).hasCount(0);

        page.click("text=Mark as lost…");
        page.click("dialog[open] button[type=submit]");
        assertThat(page.locator("#status")).hasText("failed");
    }

    @Test
    void canBeDoneWithoutAMouse(Visitors visitors) {
        var id = unconfirmed();
        var page = visitors.ops();
        page.navigate("/ops/jobs");

        tabTo(page, "a-" + id);
        page.keyboard().press("Enter");
        page.waitForURL("**/ops/jobs/" + id);

        tabTo(page, "open-lost");
        page.keyboard().press("Enter");
        assertThat(page.locator("#lost")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#open-lost")).isFocused();

        page.keyboard().press("Enter");
        tabTo(page, "lost-note");
        page.keyboard().type("by hand");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#status")).hasText("failed");
    }

    @Test
    void keepsTheFocusAndTheScrollingOfWhatIsRefreshed(Visitors visitors) {
        upstream.onSubmit(_ -> Answer.of(402, ""));
        app.submit(GatewayClient.body("kite"));
        var page = visitors.ops(look -> look.setViewportSize(390, 800));
        for (var focused : List.of(".alarm a", ".scroll >> nth=0")) {
            page.locator(focused).focus();
            waitForARefresh(page);
            assertThat(page.locator(focused)).isFocused();
        }

        page.navigate("/ops/balance");
        page.locator(".strip").focus();
        page.evaluate("document.querySelector('.strip').scrollLeft = -200");
        waitForARefresh(page);
        assertThat(page.locator(".strip")).isFocused();
        assertThat(page.evaluate("document.querySelector('.strip').scrollLeft")).isEqualTo(-200);
    }

    /** A job whose submission the upstream answered with rubbish. */
    private String unconfirmed() {
        upstream.onSubmit(_ -> Answer.ok("rubbish"));
        var answer = app.submit(GatewayClient.body("kite"));
        assertThat(answer.text("/status")).isEqualTo("unknown");
        return answer.id();
    }

    private static void waitForARefresh(Page page) {
        page.evaluate("document.getElementById('live').dataset.old = true");
        assertThat(page.locator("#live:not([data-old])")).hasCount(1);
    }

    private static void attach(Page page, String taskId) {
        page.click("text=Attach a task…");
        page.fill("#attach-id", taskId);
        page.click("dialog[open] button[type=submit]");
    }

    /** Presses Tab until the element of this id has the focus; wherever it is meanwhile, that shows. */
    private static void tabTo(Page page, String id) {
        for (int presses = 0; presses < 100; presses++) {
            page.keyboard().press("Tab");
            var here = page.evaluate("document.activeElement.id");
            assertThat(page.evaluate(FOCUS_SHOWS))
                    .as("the focus shows, %d tabs on", presses)
                    .isEqualTo(true);
            if (id.equals(here)) {
                return;
            }
        }
        throw new AssertionError("No Tab leads to #" + id);
    }
}
