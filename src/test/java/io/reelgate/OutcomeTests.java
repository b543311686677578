package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one rule, row by row: an error answer means nothing was bought; an id means it is on record. */
@FullStackTest
@ExtendWith(OutputCaptureExtension.class)
class OutcomeTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "402 | {'error':{'message':'Insufficient balance','code':'insufficient_quota'}} | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "403 | {'code':'insufficient_user_quota','message':'no money','data':null}      | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "403 | {'code':'pre_consume_token_quota_failed','message':'no money'}           | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "400 | {'error':{'message':'bad size','code':'invalid_request'}}                | 400 | invalid_request        | rejected    | invalid_request",
                "403 | {'error':{'message':'model forbidden for group','code':'denied'}}        | 403 | denied                 | rejected    | denied",
                "413 | -                                                                        | 413 | upstream_refused       | rejected    | upstream_refused",
                "422 | {'code':'fail_to_fetch_task','message':'sensitive'}                      | 422 | fail_to_fetch_task     | rejected    | fail_to_fetch_task",
                "429 | -                                                                        | 429 | rate_limited           | rejected    | rate_limited",
                "401 | {'error':{'message':'Invalid token','code':'invalid_api_key'}}           | 502 | upstream_key_refused   | rejected    | upstream_key_refused",
                "302 | -                                                                        | 502 | upstream_misconfigured | rejected    | upstream_misconfigured",
                "404 | <html>                                                                   | 502 | upstream_misconfigured | rejected    | upstream_misconfigured",
                "405 | -                                                                        | 502 | upstream_misconfigured | rejected    | upstream_misconfigured",
                "503 | {'error':{'code':'model_not_found','message':'no channel'}}              | 503 | upstream_unavailable   | unavailable | upstream_unavailable",
                "503 | {'error':{'code':'system_cpu_overloaded','message':'busy'}}              | 503 | upstream_unavailable   | unavailable | upstream_unavailable",
                "429 | {'error':{'message':'no more','code':'insufficient_quota'}}              | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "429 | {'error':{'message':'please','code':1113}}                               | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "429 | {'error':{'message':'账户余额不足','code':''}}                           | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "429 | {'error':{'message':'quota of 60 requests per minute exceeded'}}         | 429 | rate_limited           | rejected    | rate_limited",
                "401 | {'error':{'message':'该令牌额度已用尽','code':''}}                       | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "401 | {'error':{'message':'No payment method','type':'CreditsError'}}          | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "400 | {'error':{'message':'no more','code':'insufficient_quota'}}              | 402 | insufficient_quota     | rejected    | insufficient_quota",
                "400 | {'error':{'message':'余额不足: bad prompt','code':'invalid_request'}}    | 400 | invalid_request        | rejected    | invalid_request",
                "404 | {'code':'fail_to_fetch_task','message':'{\\'error\\':{\\'code\\':\\'ModelNotOpen\\',\\'message\\':\\'no\\'}}'} | 400 | fail_to_fetch_task | rejected | fail_to_fetch_task",
                "401 | {'code':'fail_to_fetch_task','message':'bad key'}                        | 400 | fail_to_fetch_task     | rejected    | fail_to_fetch_task",
                "429 | {'code':'fail_to_fetch_task','message':'busy'}                           | 429 | rate_limited           | rejected    | rate_limited",
                "403 | {'code':'fail_to_fetch_task','message':'{\\'error\\':{\\'code\\':\\'AccountOverdueError\\',\\'message\\':\\'no\\'}}'} | 402 | insufficient_quota | rejected | insufficient_quota"
            })
    void anErrorMeansThatNothingWasBoughtAndFreesTheKey(
            int upstreamStatus, @Nullable String body, int status, String code, String recorded, String recordedCode) {
        upstream.onSubmit(_ -> Answer.of(upstreamStatus, body == null ? "" : body.replace('\'', '"')));

        var answer = app.submit(GatewayClient.body("kite"), "Idempotency-Key", "key-1");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(answer.text("/error/message")).isNotBlank();
        assertThat(answer.text("/error/request_id")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(status != 429 && status != 503);
        assertThat(column("status")).isEqualTo(recorded);
        assertThat(column("error_code")).isEqualTo(recordedCode);
        assertThat(upstream.submissions()).hasSize(1);
        assertThat(tickets()).isZero();

        upstream.reset();
        assertThat(app.submit(GatewayClient.body("kite"), "Idempotency-Key", "key-1")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0   | ``",
                "500 | {\"code\":\"do_request_failed\"}",
                "502 | <html>bad gateway</html>",
                "408 | ``",
                "200 | <html>ok</html>",
                "200 | {\"status\":\"queued\"}",
                "200 | {\"data\":[{\"task_id\":\"task_1\"},{\"task_id\":\"task_2\"}]}",
                "503 | {\"code\":\"fail_to_fetch_task\",\"message\":\"system_cpu_overloaded\"}",
                "200 | {\"id\":\"task_taken\"}"
            })
    void anUnknownOutcomeIsNoErrorAndIsNeverSentAgain(int upstreamStatus, String body) {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_taken"));
        app.submit(GatewayClient.body("first"));
        upstream.onSubmit(_ -> Answer.of(upstreamStatus, body));

        var answer = app.submit(GatewayClient.body("second"), "Idempotency-Key", "key-2");
        var again = app.submit(GatewayClient.body("second"), "Idempotency-Key", "key-2");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("unknown");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.id()).isEqualTo(answer.id());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(upstream.submissions()).hasSize(2);
        var job = app.ops("/ops/api/jobs/" + answer.id());
        assertThat(job.text("/status")).isEqualTo("unconfirmed");
        assertThat(job.text("/timeline/1/kind")).isEqualTo("unconfirmed");
    }

    @Test
    void aProvidersRefusalAndTheBalanceAreNoTroubleOfTheGateways() {
        for (var answer : List.of(
                Answer.of(401, "{\"code\":\"fail_to_fetch_task\",\"message\":\"bad key\"}"),
                Answer.of(404, "{\"code\":\"fail_to_fetch_task\",\"message\":\"no such model\"}"),
                Answer.of(401, "{\"error\":{\"message\":\"该令牌额度已用尽\",\"code\":\"\"}}"))) {
            upstream.onSubmit(_ -> answer);
            app.submit(GatewayClient.body("kite"));

            assertThat(app.ops("/actuator/health").text("/components/upstream/status"))
                    .isEqualTo("UP");
        }
    }

    @Test
    void whatTheUpstreamSaidOfAnUnknownOutcomeStandsInTheTimeline() {
        upstream.onSubmit(_ -> Answer.ok("{\"code\":\"insufficient_user_quota\",\"message\":\"no money\"}")
                .with("X-Oneapi-Request-Id", "20260731120000AbC"));

        var answer = app.submit(GatewayClient.body("kite"));

        assertThat(answer.status()).isEqualTo(202);
        var event = app.ops("/ops/api/jobs/" + answer.id()).body().at("/timeline/1");
        assertThat(event.path("kind").asString()).isEqualTo("unconfirmed");
        assertThat(event.at("/detail/message").asString()).contains("no money (insufficient_user_quota)");
        assertThat(event.at("/detail/upstream_request_id").asString()).isEqualTo("20260731120000AbC");
    }

    @Test
    void theUpstreamsIdOfTheRequestStandsInTheTimelineOfAJobThatItTook() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_known").with("X-Oneapi-Request-Id", "req-1"));

        var id = app.submit(GatewayClient.body("kite")).id();

        assertThat(app.ops("/ops/api/jobs/" + id).text("/timeline/1/detail/upstream_request_id"))
                .isEqualTo("req-1");
    }

    @Test
    void fiftyAtOnceWithOneKeyMakeOnePost() throws Exception {
        var patience = new CountDownLatch(1);
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_one").heldBy(patience));
        var calls = new ArrayList<Callable<GatewayClient.Answer>>();
        for (int i = 0; i < 50; i++) {
            calls.add(() -> app.submit(GatewayClient.body("kite"), "Idempotency-Key", "\"one key\""));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = calls.stream().map(threads::submit).toList();
            await().until(() ->
                    answers.stream().filter(answer -> answer.isDone()).count() == 49);
            patience.countDown();
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get().status());
                if (answer.get().status() == 409) {
                    assertThat(answer.get().text("/error/code")).isEqualTo("idempotency_key_in_flight");
                    assertThat(answer.get().header("Retry-After")).isNotEmpty();
                }
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        }
        assertThat(upstream.submissions()).hasSize(1);
        assertThat(jdbc.sql("select count(*) from video_job").query(Long.class).single())
                .isEqualTo(1);
    }

    /** A provider knows the length as {@code duration} only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "'\"seconds\":\"30\"'               | the parameter `duration` is not valid | seconds | (you sent it as 'seconds')",
                "'\"seconds\":30'                   | the parameter 'duration' is not valid | seconds | (you sent it as 'seconds')",
                "'\"duration\":30'                  | the parameter `duration` is not valid | -       | is not valid",
                "'\"seconds\":null,\"duration\":30' | the parameter `duration` is not valid | -       | is not valid",
                "'\"seconds\":\"5\"'                | the duration of a picture is odd      | -       | is odd",
            })
    void aRefusalOfTheLengthNamesTheFieldThatWasSent(
            String length, String message, @Nullable String param, String ending) {
        upstream.onSubmit(_ -> Answer.of(400, "{\"code\":\"fail_to_fetch_task\",\"message\":\"" + message + "\"}"));

        var answer = app.submit("{\"model\":\"doubao-seedance-2-0\",\"prompt\":\"kite\"," + length + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/message")).startsWith(message).endsWith(ending);
        assertThat(answer.body().at("/error/param").stringValue(null)).isEqualTo(param);
    }

    @Test
    void aKeyIsForOneBodyOfOneApp() {
        var key = new String[] {"Idempotency-Key", "k", "X-Reelgate-App", "shop"};
        var first = app.submit(GatewayClient.body("kite"), key);

        var other = app.submit(GatewayClient.body("another kite"), key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("/error/code")).isEqualTo("idempotency_key_reused");
        assertThat(other.text("/error/message")).contains("byte for byte");
        assertThat(app.submit(GatewayClient.body("kite") + "\n", key).status()).isEqualTo(422);
        assertThat(app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k", "X-Reelgate-App", "studio")
                        .id())
                .isNotEqualTo(first.id());
        assertThat(app.submit(GatewayClient.body("kite"), key).id()).isEqualTo(first.id());
        assertThat(upstream.submissions()).hasSize(2);
    }

    @Test
    void theKeyIsNowhereToBeFound(CapturedOutput log) {
        var echo = "{\"error\":{\"message\":\"Invalid token " + LedgerUpstream.KEY + " in Bearer " + LedgerUpstream.KEY
                + "\",\"code\":\"" + LedgerUpstream.KEY + "\"}}";
        var answers = new StringBuilder();
        for (int status : new int[] {400, 401, 402, 403, 404, 429, 500, 200}) {
            upstream.onSubmit(_ -> Answer.of(status, echo)
                    .with("Location", "https://" + LedgerUpstream.KEY)
                    .with("X-Oneapi-Request-Id", "req-" + LedgerUpstream.KEY));
            var answer = app.submit(GatewayClient.body("echo " + status));
            answers.append(answer.http().body()).append(answer.http().headers());
        }
        upstream.reset();
        upstream.onPoll(
                "task_echo", Answer.ok("{\"status\":\"failed\",\"fail_reason\":\"" + LedgerUpstream.KEY + "\"}"));
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_echo"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("failed"));
        answers.append(app.job(id).http().body());
        answers.append(app.ops("/ops/api/jobs").http().body());
        answers.append(app.ops("/actuator/health").http().body());
        answers.append(app.ops("/actuator/prometheus").http().body());

        assertThat(answers).doesNotContain(LedgerUpstream.KEY).contains("[redacted]");
        assertThat(dump()).doesNotContain(LedgerUpstream.KEY).contains("[redacted]");
        assertThat(log.getAll()).doesNotContain(LedgerUpstream.KEY);
    }

    @Test
    void promptsThatNoColumnCouldHoldAreKeptAsFarAsTheyCan() {
        var body =
                "{\"model\":\"doubao-seedance-2-0\",\"prompt\":\"nul \\u0000 half \\ud83d end\",\"seconds\":1e999999}";

        var answer = app.submit(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(upstream.submissions().getFirst().text()).isEqualTo(body.replace("1e999999", "\"1e999999\""));
        assertThat(column("prompt")).isEqualTo("nul \uFFFD half \uFFFD end");
        assertThat(column("request")).isEqualTo(body);
        assertThat(app.ops("/ops/api/jobs/" + answer.id()).http().body()).contains("1e999999");
    }

    /** Lists and the experience of past jobs read these; the request has them as they came. */
    @Test
    void lengthAndSizeAreKeptUpToAHundredCharacters() {
        var size = "x ".repeat(5_000);
        var body = GatewayClient.body("kite").replace("480x854", size);

        app.submit(body);

        assertThat(column("size")).hasSize(100);
        assertThat(column("request")).isEqualTo(body);
        assertThat(upstream.submissions())
                .singleElement()
                .satisfies(sent -> assertThat(sent.text()).isEqualTo(body));
    }

    @Test
    void nothingWrongReachesTheUpstream() {
        var wrong = app.send(app.request(GatewayClient.PATH)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(GatewayClient.body("kite"))));
        assertThat(wrong.status()).isEqualTo(415);
        assertThat(app.send(app.request(GatewayClient.PATH).DELETE()).status()).isEqualTo(405);
        assertThat(app.job("task_nobody").text("/error/code")).isEqualTo("task_not_found");
        assertThat(app.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(app.submit("{}").text("/error/param")).isEqualTo("model");
        assertThat(app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "a b")
                        .status())
                .isEqualTo(400);
        assertThat(app.submit(new byte[64 * 1024 * 1024 + 1]).status()).isEqualTo(413);

        assertThat(upstream.submissions()).isEmpty();
        assertThat(jdbc.sql("select count(*) from video_job").query(Long.class).single())
                .isZero();
    }

    private String column(String name) {
        return jdbc.sql("select " + name + " from video_job order by id desc limit 1")
                .query(String.class)
                .single();
    }

    private long tickets() {
        return jdbc.sql("select count(*) from poll_ticket").query(Long.class).single();
    }

    private String dump() {
        var dump = new StringBuilder();
        for (var table : jdbc.sql("select table_name from information_schema.tables where table_schema = 'public'")
                .query(String.class)
                .list()) {
            jdbc.sql("select row_to_json(t)::text from \"" + table + "\" t")
                    .query(String.class)
                    .list()
                    .forEach(dump::append);
        }
        return dump.toString();
    }
}
