package io.reelgate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.incidents.QuotaIncidents;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ops see: jobs found and watched, in either language, with the connection and without. */
@ConsoleTest
class ConsoleTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    QuotaIncidents incidents;

    @Autowired
    GatewayClient app;

    @Test
    void letsInWhoKnowsThePasswordAndLeadsThemToThePageTheyWanted(Visitors visitors) {
        var page = visitors.anybody(_ -> {});
        page.navigate("/ops/jobs?app=shop");
        Visitors.logIn(page, "wrong");
        assertThat(page.locator("[role=alert]")).hasText("Wrong user or password.");

        Visitors.logIn(page, "test-ops");
        assertThat(page).hasURL(Pattern.compile("/ops/jobs\\?app=shop$"));
        assertThat(page.locator("#app")).hasValue("shop");

        page.click("text=Log out");
        assertThat(page.locator("[role=status]")).hasText("You are logged out.");
        page.navigate("/ops");
        assertThat(page).hasURL(Pattern.compile("/ops/login$"));
    }

    @Test
    void findsAJobByAFilterThatIsTheAddress(Visitors visitors) {
        var kite = app.submit(GatewayClient.body("a red kite")).id();
        app.submit(GatewayClient.body("a watch"));
        var page = visitors.ops();
        page.click("nav >> text=Jobs");
        page.waitForURL("**/ops/jobs");
        assertThat(page.locator("table.jobs tbody tr")).hasCount(2);

        page.fill("#text", "KITE");
        page.press("#text", "Enter");

        assertThat(page.locator("table.jobs tbody tr")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("/ops/jobs\\?text=KITE$"));
        page.reload();
        assertThat(page.locator("#text")).hasValue("KITE");
        assertThat(page.locator("table.jobs tbody tr")).hasAttribute("id", "row-" + kite);
    }

    @Test
    void keepsTheFilterWhateverElseOfTheAddressIsChosenNext(Visitors visitors) {
        app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "shop");
        app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "adverts");
        var page = visitors.ops();
        page.navigate("/ops/jobs");
        page.fill("#app", "shop");
        page.press("#app", "Enter");
        assertThat(page.locator("table.jobs tbody tr")).hasCount(1);

        page.click(".ranges >> text=24 hours");
        assertThat(page).hasURL(Pattern.compile("\\?app=shop&from="));

        page.fill("#text", "kite");
        page.press("#text", "Enter");
        assertThat(page).hasURL(Pattern.compile("text=kite"));
        page.click("text=中文");
        assertThat(page.locator("h1")).hasText("任务");
        assertThat(page.locator("#text")).hasValue("kite");
    }

    /** Nine bytes for each character, in the address and in a header that repeats it. */
    @Test
    void findsAJobByALongTextInChinese(Visitors visitors) {
        var text = "猫".repeat(900);
        app.submit(GatewayClient.body(text));
        var page = visitors.ops();
        page.navigate("/ops/jobs");
        page.fill("#text", text);
        page.press("#text", "Enter");
        assertThat(page).hasURL(Pattern.compile("text=%E7"));

        page.fill("#model", "doubao-seedance-2-0-fast");
        page.press("#model", "Enter");
        assertThat(page).hasURL(Pattern.compile("&model="));
        assertThat(page.locator("table.jobs tbody tr")).hasCount(1);

        page.reload();
        page.click("text=中文");
        assertThat(page.locator("h1")).hasText("任务");
        assertThat(page.locator("#text")).hasValue(text);
    }

    @Test
    void findsAJobByItsIdFromEveryPage(Visitors visitors) {
        var id = app.submit(GatewayClient.body("kite")).id();
        var page = visitors.ops();

        page.keyboard().press("/");
        page.keyboard().type(id);
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/ops/jobs/" + id + "$"));
    }

    @Test
    void showsAJobCompleteWithoutReloading(Visitors visitors) {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_watched"));
        var id = app.submit(GatewayClient.body("kite")).id();
        var list = marked(visitors.ops(), "/ops/jobs");
        var sheet = marked(visitors.ops(), "/ops/jobs/" + id);
        assertThat(list.locator("#row-" + id + " .chip")).hasText("queued");
        assertThat(sheet.locator("#status")).hasText("queued");

        upstream.onPoll("task_watched", Answer.ok("{\"status\":\"running\",\"progress\":\"40%\"}"));
        assertThat(list.locator("#row-" + id + " progress")).hasAttribute("value", "40");
        assertThat(sheet.locator(".running")).containsText("40%");

        upstream.onPoll("task_watched", Answer.ok("{\"status\":\"failed\",\"error\":{\"message\":\"no luck\"}}"));
        assertThat(list.locator("#row-" + id + " .chip")).hasText("failed");
        assertThat(sheet.locator("#status")).hasText("failed");
        assertThat(sheet.locator(".timeline .k-failed")).containsText("no luck");
        assertThat(list.evaluate("window.marked")).isEqualTo(true);
        assertThat(sheet.evaluate("window.marked")).isEqualTo(true);
    }

    @Test
    void speaksChineseOnceAsked(Visitors visitors) {
        var page = visitors.ops();
        page.click("text=中文");
        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");

        page.click("nav >> text=任务");
        assertThat(page.locator("h1")).hasText("任务");
        assertThat(page).hasTitle("任务 · Reelgate");

        page.click(".languages >> text=EN");
        assertThat(page.locator("h1")).hasText("Jobs");
    }

    @Test
    void saysWhenItIsNoLongerUpToDate(Visitors visitors) {
        visitors.expect("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest");
        var page = visitors.ops();
        assertThat(page.locator("#connection")).isHidden();

        page.context().setOffline(true);
        assertThat(page.locator("#connection")).containsText("No connection to the gateway");

        page.context().setOffline(false);
        assertThat(page.locator("#connection")).isHidden();
    }

    @Test
    void saysWhenTheGatewayFails(Visitors visitors) {
        visitors.expect("503");
        var page = visitors.ops();

        page.route("**/ops?**", route -> route.fulfill(new FulfillOptions().setStatus(503)));

        assertThat(page.locator("#connection")).containsText("The gateway fails to answer");
    }

    /** Not in a banner alone: what to narrow stands in the filter beside it. */
    @Test
    void saysInThePlaceOfTheResultsThatASearchTookTooLong(Visitors visitors) {
        visitors.expect("503");
        var page = visitors.ops();
        page.navigate("/ops/jobs");
        page.route("**/ops/jobs?text=kite", route -> {
            var answer = route.fetch();
            route.fulfill(new FulfillOptions()
                    .setStatus(503)
                    .setContentType("text/html")
                    .setBody(answer.text()
                            .replace("<section id=\"results\"", "<section id=\"results\" data-slow=\"yes\"")));
        });
        page.fill("#text", "kite");
        page.press("#text", "Enter");

        assertThat(page.locator("#results[data-slow]")).isVisible();
        assertThat(page.locator("#connection")).isHidden();
    }

    @Test
    void doesNotSayThatAllIsWellWhereItCannotKnow(Visitors visitors, @Autowired JdbcClient jdbc) {
        jdbc.sql("alter table quota_incident rename to away").update();
        try {
            var page = visitors.ops();
            assertThat(page.locator(".light.ill")).containsText("Gateway");
            assertThat(page.locator(".light.unknown")).containsText(new String[] {"Upstream", "Balance"});
        } finally {
            jdbc.sql("alter table away rename to quota_incident").update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops/jobs?status=nonsense", "/ops/jobs?cursor=garbage", "/ops/jobs?limit=0&lang=zh"})
    void saysWhatIsWrongWithAnAddress(String address, Visitors visitors) {
        visitors.expect("400");
        var page = visitors.ops();

        assertThat(page.navigate(address).status()).isEqualTo(400);
        assertThat(page.locator("#results [role=alert]")).containsText("must be");
        assertThat(page.locator("#filter")).isVisible();
    }

    @Test
    void saysWhatToDoWhereThereIsNothing(Visitors visitors) {
        visitors.expect("404");
        var page = visitors.ops();
        assertThat(page.locator(".empty")).containsText("Submit one");
        page.navigate("/ops/jobs");
        assertThat(page.locator(".empty")).containsText("curl http://127.0.0.1");
        page.navigate("/ops/jobs?text=kite");
        assertThat(page.locator(".empty")).containsText("No job matches");
        page.navigate("/ops/balance");
        assertThat(page.locator(".empty")).containsText("nothing to do");

        assertThat(page.navigate("/ops/jobs/task_unknown").status()).isEqualTo(404);
        assertThat(page.locator("h1")).hasText("There is nothing here");
    }

    /** A job is older than its refusal, which is what opens an incident. */
    @Test
    void leadsFromAnIncidentToTheJobsThatItRefused(Visitors visitors) {
        upstream.onSubmit(_ -> Answer.of(402, ""));
        app.submit(GatewayClient.body("first"));
        upstream.reset();
        app.submit(GatewayClient.body("taken"));
        incidents.closeAnswered();
        upstream.onSubmit(_ -> Answer.of(402, ""));
        app.submit(GatewayClient.body("second"));
        var page = visitors.ops();

        page.navigate("/ops/balance");
        page.click(".incident.open .apps a");
        assertThat(page.locator("table.jobs tbody")).containsText("second");

        page.navigate("/ops/balance");
        page.click(".incident:not(.open) .apps a");
        assertThat(page.locator("table.jobs tbody tr")).hasCount(1);
        assertThat(page.locator("table.jobs tbody tr")).containsText("first");
    }

    @Test
    void showsWhatTheUpstreamSaidWasLeftAndNeeded(Visitors visitors) {
        upstream.onSubmit(_ ->
                Answer.of(403, "{\"code\":\"insufficient_user_quota\",\"message\":\"用户剩余额度: ＄0.71, 需要预扣费额度: ＄0.80\"}"));
        app.submit(GatewayClient.body("kite"));
        var page = visitors.ops();
        assertThat(page.locator(".alarm")).containsText("0.71 was left and 0.80 was needed");

        page.navigate("/ops/balance");
        assertThat(page.locator(".incident .remaining")).hasText("0.71");
        assertThat(page.locator(".incident .required")).hasText("0.80");
        page.navigate("/ops/balance?lang=zh");
        assertThat(page.locator(".incident")).containsText("所需额度");
        page.navigate("/ops");
        assertThat(page.locator(".alarm")).containsText("剩余 0.71，需要 0.80");
    }

    @Test
    void showsOpsTheOnlyHandleThatTheyHaveOnAnUnconfirmedJob(Visitors visitors) {
        upstream.onSubmit(
                _ -> Answer.ok("{\"code\":\"odd\",\"message\":\"half done\"}").with("X-Oneapi-Request-Id", "req-7"));
        var id = app.submit(GatewayClient.body("kite")).id();
        var page = visitors.ops();

        page.navigate("/ops/jobs/" + id);
        assertThat(page.locator(".timeline .k-unconfirmed")).containsText("half done (odd)");
        assertThat(page.locator(".timeline .k-unconfirmed")).containsText("Upstream request id");
        assertThat(page.locator(".timeline .k-unconfirmed")).containsText("req-7");
        page.navigate("/ops/jobs/" + id + "?lang=zh");
        assertThat(page.locator(".timeline .k-unconfirmed")).containsText("上游请求 ID");
    }

    @Test
    void givesAllOfARequestThatIsTooLongToShow(Visitors visitors) {
        visitors.expect("favicon.ico");
        var id =
                app.submit(GatewayClient.body("x".repeat(120_000) + " the end")).id();
        var page = visitors.ops();
        page.navigate("/ops/jobs/" + id);

        page.click("text=The whole of it");

        assertThat(page.locator("body")).containsText("x the end");
    }

    @Test
    void downloadsWhatTheFilterShows(Visitors visitors) throws Exception {
        var kite = app.submit(GatewayClient.body("kite")).id();
        var watch = app.submit(GatewayClient.body("watch")).id();
        var page = visitors.ops();
        page.navigate("/ops/jobs?text=kite");

        var download = page.waitForDownload(() -> page.click("text=Download as CSV"));

        assertThat(download.suggestedFilename()).endsWith(".csv");
        assertThat(Files.readString(download.path())).contains(kite).doesNotContain(watch);
    }

    /** The page at this address, with a mark that a reload would wipe out. */
    private static Page marked(Page page, String address) {
        page.navigate(address);
        page.evaluate("window.marked = true");
        return page;
    }
}
