package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.GatewayClient.Answer;
import io.reelgate.LedgerUpstream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The JSON that ops' programs rely on, end to end. */
@FullStackTest
class OpsApiTests {

    private static final String JOBS = "/ops/api/jobs";

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient gateway;

    String app;

    @BeforeEach
    void begin() {
        app = "app-" + UUID.randomUUID();
    }

    @AfterEach
    void release() {
        gateway.opsPost("/ops/api/pause", "{\"paused\":false}");
    }

    @Test
    void listsAJobInTheWordsOfTheDesign() {
        var id = submit("一只熊猫 \\u0000 💡").id();

        var page = gateway.ops(JOBS + "?app=" + app);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().propertyNames()).containsExactly("items", "next");
        assertThat(page.body().path("next").isNull()).isTrue();
        var item = page.body().path("items").path(0);
        assertThat(item.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "app",
                        "model",
                        "status",
                        "prompt",
                        "upstream_task_id",
                        "request_id",
                        "progress",
                        "error",
                        "created_at",
                        "finished_at");
        assertThat(item.path("id").asString()).isEqualTo(id);
        assertThat(item.path("status").asString()).isEqualTo("queued");
        assertThat(item.path("prompt").asString()).isEqualTo("一只熊猫 \uFFFD 💡");
        assertThat(item.path("error").isNull()).isTrue();
        assertThat(Instant.parse(item.path("created_at").asString())).isBefore(Instant.now());
    }

    @Test
    void showsTheBeginningOfALongPromptInAListAndTheWholeInOneJob() {
        var whole = "💡" + "长".repeat(600);
        var id = submit(whole).id();
        var short500 = submit("长".repeat(500)).id();

        var items = gateway.ops(JOBS + "?app=" + app).body().path("items");

        assertThat(items.path(1).path("prompt").asString()).isEqualTo("💡" + "长".repeat(499) + "…");
        assertThat(items.path(0).path("prompt").asString()).isEqualTo("长".repeat(500));
        assertThat(job(id).path("prompt").asString()).isEqualTo(whole);
        assertThat(job(short500).path("prompt").asString()).hasSize(500);
        assertThat(gateway.ops(JOBS + ".csv?app=" + app).http().body()).contains(whole);
    }

    @Test
    void searchesTheFirstTwoThousandCharactersOfAPrompt() {
        var id = submit("长".repeat(1_995) + "熊猫abc 狐狸").id();

        assertThat(ids("text=" + encoded("熊猫ABC"))).containsExactly(id);
        assertThat(ids("text=" + encoded("狐狸"))).isEmpty();
    }

    @Test
    void showsOneJobWithItsRequestAndTimelineByEitherId() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_one"));
        upstream.onPoll("task_one", LedgerUpstream.Answer.ok("""
                        {"code":"success","data":{"status":"SUCCESS","result_url":"https://cdn.example.com/a.mp4?Expires=4102444800",
                        "data":{"usage":{"completion_tokens":108900}}}}"""));
        var id = submit("a fox").id();
        await().untilAsserted(
                        () -> assertThat(job(id).path("status").asString()).isEqualTo("succeeded"));

        var job = job("task_one");

        assertThat(job.path("id").asString()).isEqualTo(id);
        assertThat(job.at("/request/prompt").asString()).isEqualTo("a fox");
        assertThat(job.path("url").asString()).startsWith("https://cdn.example.com/a.mp4");
        assertThat(job.path("url_expires_at").asString()).isEqualTo("2100-01-01T00:00:00Z");
        assertThat(job.at("/usage/completion_tokens").asLong()).isEqualTo(108_900);
        assertThat(kinds(job)).containsExactly("submitted", "accepted", "succeeded");
        assertThat(job.at("/timeline/1/detail/latency_ms").isNumber()).isTrue();
        assertThat(Instant.parse(job.at("/timeline/0/at").asString())).isBefore(Instant.now());
    }

    @Test
    void pagesThroughAllJobsOnceByAnUrlSafeCursor() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(submit("number " + i).id());
        }
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = gateway.ops(JOBS + "?limit=2&app=" + app + "&cursor=" + cursor)
                    .body();
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.path("next").asString("");
            assertThat(cursor).matches("[A-Za-z0-9_-]*");
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void filtersByStatusModelTimeAndText() {
        upstream.onSubmit(request -> request.text().contains("dull")
                ? LedgerUpstream.Answer.of(400, "{\"error\":{\"message\":\"dull\",\"code\":\"dull_prompt\"}}")
                : LedgerUpstream.accepted(LedgerUpstream.newTaskId()));
        submit("a dull 100% prompt_x");
        var bright = submit("a bright prompt").id();
        var now = Instant.now().plus(1, ChronoUnit.MINUTES);

        assertThat(ids("status=rejected")).hasSize(1).doesNotContain(bright);
        assertThat(ids("status=queued,in_progress")).containsExactly(bright);
        assertThat(ids("status=queued&status=rejected")).hasSize(2);
        assertThat(ids("model=doubao-seedance-2-0")).isEmpty();
        assertThat(ids("model=doubao-seedance-2-0-fast&text=BRIGHT")).containsExactly(bright);
        assertThat(ids("text=100%25")).hasSize(1);
        assertThat(ids("text=promptxx")).isEmpty();
        assertThat(ids("from=" + now)).isEmpty();
        assertThat(ids("to=" + now)).hasSize(2);
        assertThat(ids("from=2020-01-01T08:00:00+08:00&to=" + now)).hasSize(2);
        assertThat(ids("from=&to=&text=&status=&model=&limit=&cursor=")).hasSize(2);
    }

    /** A page looks at 50,000 jobs of the app; the oldest ten are beyond. */
    @ParameterizedTest
    @CsvSource({"50, 2", "1, 3"})
    void findsWhatIsFarBackOnALaterPage(int limit, int pages) {
        jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, status, created_at)
                select 'task_' || lpad(to_hex(1000000000000 + n), 12, '0') || '7' || repeat('0', 19), :app, 'fast', 'kite', '{}',
                  case when n in (1, 2, 50010) then 'failed' else 'succeeded' end, to_timestamp((1000000000000 + n) / 1000.0)
                from generate_series(1, 50010) n""").param("app", app).update();
        var seen = new ArrayList<Long>();
        var walked = 0;
        var cursor = "";
        do {
            var page = gateway.ops(JOBS + "?limit=" + limit + "&app=" + app + "&status=failed&cursor=" + cursor)
                    .body();
            page.path("items")
                    .forEach(item -> seen.add(
                            Instant.parse(item.path("created_at").asString()).toEpochMilli() - 1000000000000L));
            cursor = page.path("next").asString("");
            walked++;
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly(50010L, 2L, 1L);
        assertThat(walked).isEqualTo(pages);
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 201",
        "limit, ten",
        "status, done",
        "from, yesterday",
        "to, +1000000000-01-01T00:00:00Z",
        "from, 1969-12-31T23:59:59Z",
        "cursor, abc",
        "cursor, dGFza18"
    })
    void namesTheParameterThatIsWrong(String name, String value) {
        var answer = gateway.ops(JOBS + "?" + name + "=" + value);

        assertProblem(answer, 400);
        assertThat(answer.text("/parameter")).isEqualTo(name);
        assertThat(answer.text("/detail")).contains(name);
        assertThat(gateway.ops(JOBS + ".csv?" + name + "=" + value).status()).isEqualTo(400);
    }

    @Test
    void answersWhatIsNotThereAsAProblem() {
        assertProblem(gateway.ops(JOBS + "/task_unknown"), 404);
        assertProblem(gateway.ops(JOBS + "/%E2%80%AE%20x"), 404);
        assertProblem(gateway.ops("/ops/api/nothing"), 404);
        assertProblem(gateway.opsPost(JOBS, "{}"), 405);
        assertProblem(gateway.opsPost("/ops/api/pause", "{"), 400);
        assertProblem(gateway.opsPost("/ops/api/pause", "{\"paused\":null}"), 400);
        assertProblem(gateway.ops("/ops/api/stats?window=2h"), 400);
        assertProblem(gateway.get(JOBS), 401);
    }

    @Test
    void exportsTheSameFilterAsCsvWithFormulasDisarmed() {
        var id = submit("=cmd|' /C calc'!A0, \\\"x\\\"").id();

        var csv = gateway.ops(JOBS + ".csv?app=" + app);

        assertThat(csv.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        var lines = csv.http().body().split("\r\n", -1);
        assertThat(lines[0]).startsWith("id,app,model,status,prompt,");
        assertThat(lines[1]).startsWith(id + "," + app + ",").contains("\"'=cmd|' /C calc'!A0, \"\"x\"\"\"");
        assertThat(lines).hasSize(3).endsWith("");
    }

    @Test
    void countsQuotaIncidents() {
        upstream.onSubmit(_ -> LedgerUpstream.Answer.of(
                402, "{\"error\":{\"message\":\"no money left\",\"code\":\"insufficient_quota\"}}"));
        submit("one");
        submit("two");

        var incident = gateway.ops("/ops/api/quota-incidents").body().at("/items/0");

        assertThat(incident.propertyNames())
                .containsExactly(
                        "id", "model", "opened_at", "closed_at", "refused_jobs", "message", "remaining", "required");
        assertThat(incident.path("model").asString()).isEqualTo("doubao-seedance-2-0-fast");
        assertThat(incident.path("refused_jobs").asLong()).isEqualTo(2);
        assertThat(incident.path("message").asString()).isEqualTo("no money left");
        assertThat(incident.path("closed_at").isNull()).isTrue();
        assertThat(incident.path("remaining").isNull()).isTrue();
        assertThat(incident.path("required").isNull()).isTrue();
    }

    @Test
    void countsTheJobsOfAWindow() {
        submit("counted");
        await().untilAsserted(() -> {
            var stats = gateway.ops("/ops/api/stats?window=1h").body();
            assertThat(stats.path("window").asString()).isEqualTo("1h");
            assertThat(stats.path("jobs").asLong()).isPositive();
            assertThat(stats.at("/now/in_flight").asLong()).isPositive();
            assertThat(stats.path("series")).hasSize(60);
            assertThat(stats.path("by_app"))
                    .anySatisfy(one -> assertThat(one.path("name").asString()).isEqualTo(app));
            long inSeries = 0;
            for (var slot : stats.path("series")) {
                inSeries += slot.path("jobs").asLong();
            }
            assertThat(inSeries).isEqualTo(stats.path("jobs").asLong());
        });
        assertThat(gateway.ops("/ops/api/stats?window=7d").status()).isEqualTo(200);
    }

    @Test
    void attachesAnUnconfirmedJobToATaskThatTheUpstreamConfirms() {
        upstream.onSubmit(_ -> LedgerUpstream.Answer.hangUp());
        var id = submit("who knows").id();
        assertThat(job(id).path("status").asString()).isEqualTo("unconfirmed");

        upstream.onPoll(
                "task_no",
                LedgerUpstream.Answer.of(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\"}"));
        assertProblem(resolve(id, "{\"action\":\"attach\",\"upstream_task_id\":\"task_no\"}"), 422);
        upstream.onPoll("task_off", LedgerUpstream.Answer.of(500, "{}"));
        assertProblem(resolve(id, "{\"action\":\"attach\",\"upstream_task_id\":\"task_off\"}"), 502);
        assertThat(job(id).path("status").asString()).isEqualTo("unconfirmed");

        var attached = resolve(
                id, "{\"action\":\"attach\",\"upstream_task_id\":\"task_yes\",\"note\":\"seen in their console\"}");

        assertThat(attached.status()).isEqualTo(200);
        assertThat(attached.text("/status")).isEqualTo("queued");
        assertThat(attached.text("/upstream_task_id")).isEqualTo("task_yes");
        var event = attached.body()
                .path("timeline")
                .get(attached.body().path("timeline").size() - 1);
        assertThat(event.path("kind").asString()).isEqualTo("attached");
        assertThat(event.at("/detail/by").asString()).isEqualTo("ops");
        assertThat(event.at("/detail/note").asString()).isEqualTo("seen in their console");
        assertProblem(resolve(id, "{\"action\":\"lost\"}"), 409);
    }

    @Test
    void losesAndReopensOnlyWhatMayBe() {
        upstream.onSubmit(_ -> LedgerUpstream.Answer.hangUp());
        var id = submit("gone").id();

        assertThat(resolve(id, "{\"action\":\"lost\"}").text("/status")).isEqualTo("failed");
        assertThat(job(id).at("/error/code").asString()).isEqualTo("submission_lost");
        assertProblem(resolve(id, "{\"action\":\"reopen\"}"), 409);
        assertProblem(resolve(id, "{\"action\":\"explode\"}"), 400);
        assertProblem(resolve(id, "{\"action\":\"attach\"}"), 400);
        assertProblem(resolve("task_unknown", "{\"action\":\"lost\"}"), 404);
        assertProblem(gateway.opsPost(JOBS + "/" + id + "/poll", ""), 409);
    }

    @Test
    void pollsAJobInFlightAtOnce() {
        var id = submit("now please").id();

        var answer = gateway.opsPost(JOBS + "/" + id + "/poll", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(kinds(answer.body())).contains("poll_requested");
    }

    @Test
    void saysThatThereIsNoArchiveToKeepFilmsIn() {
        var id = submit("kite").id();

        assertThat(gateway.ops(JOBS + "/" + id).body().path("film").isNull()).isTrue();
        for (var path : List.of(JOBS + "/" + id + "/keep", "/ops/api/films/keep")) {
            var answer = gateway.opsPost(path, "");
            assertProblem(answer, 409);
            assertThat(answer.text("/detail")).contains("reelgate.archive.store=none");
        }
    }

    @Test
    void pausesAndResumesSubmissions() {
        var paused = gateway.opsPost("/ops/api/pause", "{\"paused\":true,\"note\":\"balance\"}");

        assertThat(paused.body().propertyNames()).containsExactly("paused", "note", "changed_by", "changed_at");
        assertThat(paused.text("/changed_by")).isEqualTo("ops");
        assertThat(gateway.ops("/ops/api/pause").body().path("paused").asBoolean())
                .isTrue();
        assertThat(submit("not now").status()).isEqualTo(503);

        gateway.opsPost("/ops/api/pause", "{\"paused\":false}");
        assertThat(submit("now").status()).isEqualTo(200);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer submit(String prompt) {
        return gateway.submit(GatewayClient.body(prompt), "X-Reelgate-App", app);
    }

    private JsonNode job(String id) {
        return gateway.ops(JOBS + "/" + id).body();
    }

    private Answer resolve(String id, String body) {
        return gateway.opsPost(JOBS + "/" + id + "/resolution", body);
    }

    private List<String> ids(String query) {
        var ids = new ArrayList<String>();
        gateway.ops(JOBS + "?app=" + app + "&" + query)
                .body()
                .path("items")
                .forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    private static List<String> kinds(JsonNode job) {
        var kinds = new ArrayList<String>();
        job.path("timeline").forEach(event -> kinds.add(event.path("kind").asString()));
        return kinds;
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotEmpty();
        assertThat(answer.text("/request_id")).isNotEmpty();
    }
}
