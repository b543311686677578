package io.reelgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ops API over HTTP: what ops can find out, and what they can do. */
@FullStackTest
class OpsApiTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    GatewayClient client;

    @BeforeEach
    void begin(@LocalServerPort int port) {
        upstream.reset();
        jdbc.sql("truncate video_job, quota_incident cascade").update();
        client = new GatewayClient(port);
    }

    @Test
    void asksForTheLogin() {
        var answer = client.get("/ops/api/jobs");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void tellsAllThatIsOnRecordAboutAJob() {
        var id = submit("a red kite", "shop");

        var job = client.ops("/ops/api/jobs/" + id);

        assertThat(job.text("/app")).isEqualTo("shop");
        assertThat(job.text("/model")).isEqualTo("doubao-seedance-2-0-fast");
        assertThat(job.text("/status")).isEqualTo("queued");
        assertThat(job.text("/request/prompt")).isEqualTo("a red kite");
        assertThat(job.text("/timeline/0/kind")).isEqualTo("submitted");
        assertThat(job.text("/timeline/1/kind")).isEqualTo("accepted");
        assertThat(job.body().at("/timeline/1/detail/latency_ms").isNumber()).isTrue();
        assertThat(job.text("/created_at")).endsWith("Z");
        assertThat(client.ops("/ops/api/jobs/" + job.text("/upstream_task_id")).id())
                .isEqualTo(id);
    }

    @Test
    void pagesThroughJobsNewestFirstWithoutMissingOne() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(submit("kite " + i, "shop"));
        }
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = client.ops("/ops/api/jobs?limit=2" + cursor);
            page.body().path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.body().path("next").isNull() ? "" : "&cursor=" + page.text("/next");
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "app=shop, 1",
        "app=nobody, 0",
        "status=queued, 2",
        "'status=failed,queued', 2",
        "status=failed, 0",
        "model=doubao-seedance-2-0-fast, 2",
        "text=KITE, 1",
        "text=%25, 1",
        "from=2020-01-01, 2",
        "to=2020-01-01T00:00:00Z, 0",
        "from=2099-01-01T00:00:00%2B02:00, 0"
    })
    void findsByEachFilter(String filter, int found) {
        submit("a red kite", "shop");
        submit("100% blue", "studio");

        assertThat(client.ops("/ops/api/jobs?" + filter).body().path("items")).hasSize(found);
    }

    @ParameterizedTest
    @CsvSource({
        "status=nonsense, status",
        "from=yesterday, from",
        "limit=0, limit",
        "limit=201, limit",
        "cursor=abc, cursor"
    })
    void namesTheParameterThatCannotBeRead(String filter, String parameter) {
        var answer = client.ops("/ops/api/jobs?" + filter);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/parameter")).isEqualTo(parameter);
    }

    @Test
    void writesCsvWithFormulasDisarmed() {
        submit("=HYPERLINK(1), \\\"quoted\\\"", "shop");

        var csv = client.ops("/ops/api/jobs.csv").http().body().split("\r\n");

        assertThat(csv[0]).startsWith("id,app,model,status,prompt");
        assertThat(csv[1]).contains("\"'=HYPERLINK(1), \"\"quoted\"\"\"");
    }

    @Test
    void recordsAnIncidentUntilAJobIsAcceptedAgain() {
        upstream.onSubmit(_ -> LedgerUpstream.Answer.of(
                402, "{\"error\":{\"message\":\"Insufficient balance\",\"code\":\"insufficient_quota\"}}"));
        assertThat(client.submit(GatewayClient.body("one")).status()).isEqualTo(402);
        assertThat(client.submit(GatewayClient.body("two")).text("/error/code")).isEqualTo("insufficient_quota");

        var open = client.ops("/ops/api/quota-incidents");
        assertThat(open.body().path("items")).hasSize(1);
        assertThat(open.body().at("/items/0/refused_jobs").asInt()).isEqualTo(2);
        assertThat(open.text("/items/0/message")).isEqualTo("Insufficient balance");
        assertThat(open.body().at("/items/0/closed_at").isNull()).isTrue();

        upstream.reset();
        submit("three", "shop");

        await().untilAsserted(
                        () -> assertThat(client.ops("/ops/api/quota-incidents").text("/items/0/closed_at"))
                                .isNotEmpty());
    }

    @Test
    void attachesAnUnconfirmedJobToTheTaskItBecameAndFollowsIt() {
        var id = unconfirmed();
        upstream.onPoll(
                "task_found",
                LedgerUpstream.Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));

        var attached = client.opsPost(
                "/ops/api/jobs/" + id + "/resolution",
                "{\"action\":\"attach\",\"upstream_task_id\":\"task_found\",\"note\":\"seen on the bill\"}");

        assertThat(attached.status()).isEqualTo(200);
        var event = attached.body().path("timeline").path(2);
        assertThat(event.path("kind").asString()).isEqualTo("attached");
        assertThat(event.at("/detail/by").asString()).isEqualTo("ops");
        assertThat(event.at("/detail/note").asString()).isEqualTo("seen on the bill");
        await().untilAsserted(() -> assertThat(client.job(id).text("/status")).isEqualTo("completed"));
    }

    @Test
    void attachesNothingThatTheUpstreamDoesNotConfirm() {
        var id = unconfirmed();
        upstream.onPoll(
                "task_none",
                LedgerUpstream.Answer.of(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\"}"));

        var answer = client.opsPost(
                "/ops/api/jobs/" + id + "/resolution", "{\"action\":\"attach\",\"upstream_task_id\":\"task_none\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(client.job(id).text("/status")).isEqualTo("unknown");
    }

    @Test
    void declaresAJobLostOnceAndOnlyWhileItIsUnconfirmed() {
        var id = unconfirmed();
        var lost = "{\"action\":\"lost\"}";

        assertThat(client.opsPost("/ops/api/jobs/" + id + "/resolution", lost).text("/error/code"))
                .isEqualTo("submission_lost");
        assertThat(client.opsPost("/ops/api/jobs/" + id + "/resolution", lost).status())
                .isEqualTo(409);
        assertThat(client.opsPost("/ops/api/jobs/" + submit("kite", "shop") + "/resolution", lost)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void reopensNothingThatSucceededOrHasNoTask() {
        var id = unconfirmed();
        client.opsPost("/ops/api/jobs/" + id + "/resolution", "{\"action\":\"lost\"}");

        assertThat(client.opsPost("/ops/api/jobs/" + id + "/resolution", "{\"action\":\"reopen\"}")
                        .status())
                .isEqualTo(409);
        assertThat(client.opsPost("/ops/api/jobs/task_0/resolution", "{\"action\":\"reopen\"}")
                        .status())
                .isEqualTo(404);
        assertThat(client.opsPost("/ops/api/jobs/" + id + "/resolution", "{}").text("/parameter"))
                .isEqualTo("action");
    }

    @Test
    void pausesSubmissionsAndSaysSoToApps() {
        try {
            assertThat(client.opsPost("/ops/api/pause", "{\"paused\":true,\"note\":\"balance is low\"}")
                            .status())
                    .isEqualTo(200);

            var refused = client.submit(GatewayClient.body("kite"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("/error/code")).isEqualTo("paused");
            assertThat(refused.text("/error/message")).contains("balance is low");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(upstream.submissions()).isEmpty();
        } finally {
            client.opsPost("/ops/api/pause", "{\"paused\":false}");
        }
        assertThat(client.submit(GatewayClient.body("kite")).status()).isEqualTo(200);
    }

    @Test
    void countsWhatBecameOfAWindowsJobs() {
        submit("kite", "shop");

        var stats = client.ops("/ops/api/stats?window=1h");

        assertThat(stats.body().at("/by_status/queued").asInt()).isEqualTo(1);
        assertThat(stats.body().at("/by_app/shop").asInt()).isEqualTo(1);
        assertThat(stats.body().at("/in_flight").asInt()).isEqualTo(1);
        assertThat(client.ops("/ops/api/stats?window=1y").text("/parameter")).isEqualTo("window");
    }

    private String submit(String prompt, String app) {
        var answer = client.submit(GatewayClient.body(prompt), "X-Reelgate-App", app);
        assertThat(answer.status()).isEqualTo(200);
        return answer.id();
    }

    private String unconfirmed() {
        upstream.onSubmit(_ -> LedgerUpstream.Answer.of(500, "{}"));
        var answer = client.submit(GatewayClient.body("doubtful"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("unknown");
        upstream.onSubmit(_ -> LedgerUpstream.accepted(LedgerUpstream.newTaskId()));
        return answer.id();
    }
}
