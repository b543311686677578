package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.WebhookReceiver.Reply;
import io.reelgate.WebhookReceiver.Request;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who asked is told of a job's end by a signed request, until it arrives. */
@FullStackTest
@TestPropertySource(
        properties = {
            "reelgate.webhook.allowed-networks=127.0.0.1",
            "reelgate.webhook.timeout=2s",
            "reelgate.webhook.schedule=0s,100ms,100ms,100ms"
        })
@ExtendWith(OutputCaptureExtension.class)
class WebhookTests {

    private static final String HEADER = "X-Reelgate-Webhook";
    private static final String DELIVERIES = "/ops/api/deliveries";

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    final WebhookReceiver receiver = new WebhookReceiver();
    final JsonMapper json = JsonMapper.builder().build();

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void whoAskedIsToldOnceInWordsThatTheStandardVerifies() throws Exception {
        var id = completed("/hook?token=secret", "X-Reelgate-App", "shop");

        var request = arrived("/hook", 1);
        var event = json.readTree(request.text());

        new Webhook(secret("shop")).verify(request.text(), HttpHeaders.of(request.headers(), (_, _) -> true));
        assertThat(request.header("webhook-id")).matches("msg_[0-9a-f]{32}");
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThat(request.headers()).doesNotContainKeys("authorization", "cookie");
        assertThat(request.text()).doesNotContain(LedgerUpstream.KEY);
        assertThat(event.propertyNames()).containsExactlyInAnyOrder("type", "timestamp", "data");
        assertThat(event.path("type").asString()).isEqualTo("video.completed");
        assertThat(Instant.parse(event.path("timestamp").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(event.path("data")).isEqualTo(app.job(id).body());
        await().untilAsserted(
                        () -> assertThat(delivery(id).path("state").asString()).isEqualTo("delivered"));
        assertThat(delivery(id).path("url").asString()).isEqualTo(receiver.url("/hook") + "?…");
        assertThat(delivery(id).path("last_status").asInt()).isEqualTo(204);
        assertThat(delivery(id).path("delivered_at").asString()).endsWith("Z");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void withoutTheHeaderAnAppIsToldWhereOpsHaveRegistered() {
        app.opsPut("/ops/api/apps/registered", "{\"webhook_url\":\"" + receiver.url("/ops") + "\"}");
        try {
            upstream.onPoll(_ -> completedAnswer());
            var told = app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "registered")
                    .id();
            var elsewhere = app.submit(
                            GatewayClient.body("kite"), "X-Reelgate-App", "registered", HEADER, receiver.url("/header"))
                    .id();

            assertThat(json.readTree(arrived("/ops", 1).text()).at("/data/id").asString())
                    .isEqualTo(told);
            assertThat(json.readTree(arrived("/header", 1).text())
                            .at("/data/id")
                            .asString())
                    .isEqualTo(elsewhere);
        } finally {
            app.opsDelete("/ops/api/apps/registered");
        }
    }

    @Test
    void aFailureIsToldToo() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"failed\",\"error\":{\"code\":\"bad\",\"message\":\"no\"}}"));
        app.submit(GatewayClient.body("kite"), HEADER, receiver.url("/hook"));

        var event = json.readTree(arrived("/hook", 1).text());

        assertThat(event.path("type").asString()).isEqualTo("video.failed");
        assertThat(event.at("/data/status").asString()).isEqualTo("failed");
    }

    /** The webhook never comes before the record says what it says. */
    @Test
    void theApiKnowsTheEndWhenTheWebhookComes() {
        var seen = new AtomicReference<>("");
        receiver.on("/hook", request -> {
            seen.set(app.job(json.readTree(request.text()).at("/data/id").asString())
                    .text("/status"));
            return Reply.of(200);
        });

        completed("/hook");
        arrived("/hook", 1);

        await().untilAsserted(() -> assertThat(seen).hasValue("completed"));
    }

    /** In the transaction that ends it: where the one is not written, neither is the other. */
    @Test
    void theEventIsWrittenWithTheEnd(CapturedOutput log) {
        var id = app.submit(GatewayClient.body("kite"), HEADER, receiver.url("/hook"))
                .id();
        jdbc.sql("alter table delivery add constraint none_now check (app <> 'anonymous') not valid")
                .update();
        try {
            upstream.onPoll(_ -> completedAnswer());
            await().untilAsserted(() -> assertThat(log).contains("violates check constraint \"none_now\""));
            assertThat(app.job(id).text("/status")).isEqualTo("queued");
        } finally {
            jdbc.sql("alter table delivery drop constraint none_now").update();
        }
        // What could not be written is polled for again, more slowly.
        jdbc.sql("update poll_ticket set due_at = now(), leased_until = null").update();
        arrived("/hook", 1);
    }

    @Test
    void aRefusalThatIsItsOwnAnswerIsNotToldOnceMore() {
        upstream.onSubmit(_ -> Answer.of(402, "{}"));

        assertThat(app.submit(GatewayClient.body("kite"), HEADER, receiver.url("/hook"))
                        .status())
                .isEqualTo(402);

        assertThat(count("delivery")).isZero();
        assertThat(count("webhook")).isEqualTo(1);
    }

    @Test
    void aRefusalThatCameAfterTheAnswerIsTold() {
        var held = new CountDownLatch(1);
        upstream.onSubmit(_ -> Answer.of(402, "{}").heldBy(held));
        var answer = app.submit(GatewayClient.body("kite"), HEADER, receiver.url("/hook"), "Prefer", "wait=2");
        assertThat(answer.status()).isEqualTo(202);

        held.countDown();

        assertThat(json.readTree(arrived("/hook", 1).text())
                        .at("/data/error/code")
                        .asString())
                .isEqualTo("insufficient_quota");
    }

    @Test
    void aReplayRegistersNothing() {
        var other = receiver.url("/other");
        var first = app.submit(GatewayClient.body("kite"), "Idempotency-Key", "a", HEADER, receiver.url("/hook"));
        var replay = app.submit(GatewayClient.body("kite"), "Idempotency-Key", "a", HEADER, other);
        upstream.onPoll(_ -> completedAnswer());

        assertThat(replay.id()).isEqualTo(first.id());
        arrived("/hook", 1);
        assertThat(receiver.requests("/other")).isEmpty();
    }

    @Test
    void aJobThatOpsReopenAndThatEndsAgainIsANewEvent() {
        upstream.onSubmit(_ -> Answer.hangUp());
        var id = app.submit(GatewayClient.body("kite"), HEADER, receiver.url("/hook"))
                .id();
        resolve(id, "{\"action\":\"lost\"}");
        var first = arrived("/hook", 1);
        upstream.onPoll(
                request -> Answer.ok("{\"task_id\":\"%s\",\"status\":\"completed\",\"url\":\"https://a.example/1\"}"
                        .formatted(request.taskId())));

        resolve(id, "{\"action\":\"attach\",\"upstream_task_id\":\"task_found\"}");
        var second = arrived("/hook", 2);

        assertThat(json.readTree(first.text()).path("type").asString()).isEqualTo("video.failed");
        assertThat(json.readTree(second.text()).path("type").asString()).isEqualTo("video.completed");
        assertThat(second.header("webhook-id")).isNotEqualTo(first.header("webhook-id"));
    }

    @Nested
    class Trouble {

        @Test
        void itIsTriedAgainUnderTheSameIdAndWithATimeOfItsOwn() throws Exception {
            receiver.on(
                    "/hook",
                    request -> Reply.of(request.number() == 1 ? 500 : 200).saying("<b>\u0007no</b>"));
            var id = completed("/hook");

            var first = arrived("/hook", 1);
            var second = arrived("/hook", 2);

            assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(Long.parseLong(second.header("webhook-timestamp")))
                    .isBetween(first.at() / 1000, second.at() / 1000);
            new Webhook(secret("anonymous")).verify(second.text(), HttpHeaders.of(second.headers(), (_, _) -> true));
            await().untilAsserted(() ->
                    assertThat(delivery(id).path("state").asString()).isEqualTo("delivered"));
            assertThat(delivery(id).path("attempts").asInt()).isEqualTo(2);
            assertThat(jdbc.sql("select last_answer from delivery")
                            .query(String.class)
                            .single())
                    .isEqualTo("<b> no</b>");
            assertThat(delivery(id).toString()).doesNotContain("<b>");
        }

        @Test
        void aReceiverSaysWhenToComeBack() {
            receiver.on(
                    "/hook", request -> request.number() == 1 ? Reply.of(503).with("Retry-After", "3") : Reply.of(200));
            completed("/hook");

            var first = arrived("/hook", 1);
            var second = arrived("/hook", 2);

            assertThat(second.at() - first.at()).isGreaterThanOrEqualTo(2_900);
        }

        @Test
        void afterTheLastTryItHasFailedAndOpsHaveItSentAgain(CapturedOutput log) {
            receiver.on("/hook", request -> Reply.of(request.number() <= 4 ? 500 : 200));
            var id = completed("/hook?token=secret", "X-Reelgate-App", "shop");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(delivery(id).path("state").asString()).isEqualTo("failed"));
            assertThat(receiver.requests()).hasSize(4);
            assertThat(delivery(id).path("next_try_at").isNull()).isTrue();
            assertThat(log).contains("is given up after 4 tries").doesNotContain("token=secret");
            var since = URLEncoder.encode(Instant.now().minusSeconds(60).toString(), StandardCharsets.UTF_8);
            assertThat(app.opsPost(DELIVERIES + "/redeliver?app=other&since=" + since, "")
                            .body()
                            .path("deliveries")
                            .asInt())
                    .isZero();
            var again = app.opsPost(DELIVERIES + "/redeliver?app=shop&since=" + since, "");

            assertThat(again.http().body()).isEqualTo("{\"deliveries\":1}");
            assertThat(arrived("/hook", 5).header("webhook-id"))
                    .isEqualTo(receiver.requests().getFirst().header("webhook-id"));
        }

        @Test
        void oneThatArrivedIsSentAgainByHand() {
            var id = completed("/hook");
            arrived("/hook", 1);
            await().until(() -> delivery(id).path("state").asString().equals("delivered"));

            var again = app.opsPost(DELIVERIES + "/" + delivery(id).path("id").asString() + "/redeliver", "");

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.text("/job_id")).isEqualTo(id);
            arrived("/hook", 2);
            assertThat(app.opsPost(DELIVERIES + "/msg_0/redeliver", "").status())
                    .isEqualTo(404);
        }

        @Test
        void aRedirectIsNoSuccessAndIsNotFollowed() {
            receiver.on("/hook", _ -> Reply.of(301).with("Location", receiver.url("/else")));
            var id = completed("/hook");

            arrived("/hook", 2);

            assertThat(delivery(id).path("last_status").asInt()).isEqualTo(301);
            assertThat(receiver.requests("/else")).isEmpty();
        }

        @Test
        void whoIsGoneIsNotAskedAgain() {
            receiver.on("/hook", _ -> Reply.of(410));
            var id = completed("/hook");

            await().untilAsserted(() ->
                    assertThat(delivery(id).path("state").asString()).isEqualTo("failed"));
            assertThat(receiver.requests()).hasSize(1);
        }

        @Test
        void aReceiverThatNeverAnswersIsAskedAgain() {
            var never = new CountDownLatch(1);
            receiver.on(
                    "/hook", request -> request.number() == 1 ? Reply.of(200).heldBy(never) : Reply.of(200));
            completed("/hook");

            arrived("/hook", 2);
            never.countDown();
        }

        @Test
        void ofALongAnswerLittleIsRead() {
            receiver.on("/hook", _ -> Reply.of(200).saying("x".repeat(5_000_000)));
            var id = completed("/hook");

            await().untilAsserted(() ->
                    assertThat(delivery(id).path("state").asString()).isEqualTo("delivered"));
            assertThat(jdbc.sql("select length(last_answer) from delivery")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.2:%d/hook",
                    "http://0.0.0.0:%d/hook",
                    "http://[::1]:%d/hook",
                    "http://[::ffff:127.0.0.2]:%d/hook",
                    "http://169.254.169.254:%d/latest/meta-data",
                    "http://10.0.0.1:%d/hook"
                })
        void whereItMayNotGoItIsNotSentAndThatIsSaid(String url) {
            upstream.onPoll(_ -> completedAnswer());
            var id = app.submit(GatewayClient.body("kite"), HEADER, url.formatted(receiver.port()))
                    .id();

            await().untilAsserted(() ->
                    assertThat(delivery(id).path("state").asString()).isEqualTo("failed"));
            assertThat(delivery(id).path("attempts").asInt()).isEqualTo(1);
            assertThat(jdbc.sql("select last_error from delivery")
                            .query(String.class)
                            .single())
                    .contains("not in the allowed networks (reelgate.webhook.allowed-networks)");
            assertThat(receiver.requests()).isEmpty();
        }

        @Test
        void aDeadReceiverDelaysNobody() {
            var held = new CountDownLatch(1);
            receiver.on("/dead", _ -> Reply.of(500).heldBy(held));
            upstream.onPoll(_ -> completedAnswer());
            for (int i = 0; i < 50; i++) {
                app.submit(GatewayClient.body("kite"), HEADER, receiver.url("/dead"));
            }
            await().until(() ->
                    count("delivery") == 50 && receiver.requests("/dead").size() >= 4);
            try (var other = new WebhookReceiver()) {
                var began = System.nanoTime();
                app.submit(GatewayClient.body("kite"), HEADER, other.url("/hook"));

                await().until(() -> !other.requests("/hook").isEmpty());
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
                assertThat(jdbc.sql("select count(*) from delivery where url like '%/dead' and leased_until > now()")
                                .query(Integer.class)
                                .single())
                        .isLessThanOrEqualTo(4);
            }
            held.countDown();
        }
    }

    @Nested
    class Asking {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ftp://127.0.0.1/hook",
                    "/hook",
                    "http:///hook",
                    "http://user:word@127.0.0.1/hook",
                    "http://user@127.0.0.1/hook",
                    "http://127.0.0.1:99999/hook",
                    "http://127.0.0.1/a b",
                    "javascript:alert(1)",
                    "http:127.0.0.1"
                })
        void whatIsNoAddressIsRefusedAndBuysNothing(String url) {
            var answer = app.submit(GatewayClient.body("kite"), HEADER, url);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("/error/code")).isEqualTo("invalid_request");
            assertThat(answer.text("/error/param")).isEqualTo(HEADER);
            assertThat(upstream.submissions()).isEmpty();
            assertThat(count("video_job")).isZero();
        }

        @Test
        void anAddressThatIsTooLongIsRefused() {
            var longest = "http://127.0.0.1/" + "a".repeat(1_983);

            assertThat(app.submit(GatewayClient.body("kite"), HEADER, longest).status())
                    .isEqualTo(200);
            assertThat(app.submit(GatewayClient.body("kite"), HEADER, longest + "a")
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void aWebhookIsNoRequest() {
            var answer = app.submit(GatewayClient.body("kite"), "webhook-id", "msg_1");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("/error/param")).isEqualTo("webhook-id");
            assertThat(upstream.submissions()).isEmpty();
        }
    }

    @Test
    void deliveriesAreListedPageByPage() {
        upstream.onPoll(_ -> completedAnswer());
        for (int i = 0; i < 3; i++) {
            app.submit(GatewayClient.body("kite"), "X-Reelgate-App", "shop", HEADER, receiver.url("/hook"));
        }
        await().until(() -> app.ops(DELIVERIES + "?app=shop&state=delivered")
                        .body()
                        .path("items")
                        .size()
                == 3);
        jdbc.sql("""
                insert into delivery (id, job_id, app, url, origin, base_url, type, state)
                select 'msg_' || lpad(to_hex(n), 32, '0'), job.id, 'shop', 'http://a/', 'http://a:80', 'http://b', 'video.failed',
                  'failed'
                from generate_series(1, 60) n, (select id from video_job limit 1) job
                """).update();

        var first = app.ops(DELIVERIES + "?app=shop").body();
        var second = app.ops(
                        DELIVERIES + "?app=shop&cursor=" + first.path("next").asString())
                .body();

        assertThat(first.path("items").path(0).propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "app",
                        "job_id",
                        "url",
                        "type",
                        "state",
                        "attempts",
                        "last_status",
                        "next_try_at",
                        "created_at",
                        "delivered_at");
        var ids = new HashSet<String>();
        for (var page : List.of(first, second)) {
            page.path("items").forEach(item -> ids.add(item.path("id").asString()));
        }
        assertThat(ids).hasSize(63);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(app.ops(DELIVERIES + "?app=nobody").body().path("items")).isEmpty();
        assertThat(app.ops(DELIVERIES + "?state=odd").text("/parameter")).isEqualTo("state");
        assertThat(app.ops(DELIVERIES + "?cursor=odd").text("/parameter")).isEqualTo("cursor");
        assertThat(app.get(DELIVERIES).status()).isEqualTo(401);
        assertThat(app.get("/ops/api/apps/shop/webhook-secret").status()).isEqualTo(401);
    }

    @Test
    void eachAppHasASecretOfItsOwn() {
        assertThat(secret("shop"))
                .startsWith("whsec_")
                .isEqualTo(secret("shop"))
                .isNotEqualTo(secret("news"));
        assertThat(app.ops("/ops/api/apps/a%20b/webhook-secret").text("/parameter"))
                .isEqualTo("name");
    }

    @Test
    void anAppsSecretIsRotatedAndTheOneBeforeSignsBesideIt(CapturedOutput log) throws Exception {
        app.opsPut("/ops/api/apps/rotating", "{}");
        var before = secret("rotating");

        var rotated = app.opsPost("/ops/api/apps/rotating/webhook-secret/rotate?n=0", "");
        var again = app.opsPost("/ops/api/apps/rotating/webhook-secret/rotate?n=0", "");

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(409);
        assertThat(rotated.text("/secret")).isEqualTo(secret("rotating")).isNotEqualTo(before);
        var now = app.ops("/ops/api/apps/rotating/webhook-secret").body();
        assertThat(now.path("n").asInt()).isEqualTo(1);
        assertThat(Instant.parse(now.path("previous_until").asString())).isAfter(Instant.now());
        completed("/rotated", "X-Reelgate-App", "rotating");
        var request = arrived("/rotated", 1);
        for (var secret : List.of(before, secret("rotating"))) {
            new Webhook(secret).verify(request.text(), HttpHeaders.of(request.headers(), (_, _) -> true));
        }
        var change = app.ops("/ops/api/apps/rotating").body().at("/changes/0");
        assertThat(change.path("kind").asString()).isEqualTo("rotated");
        assertThat(change.path("detail").asString()).isEqualTo("webhook_secret: n = 1");
        assertThat(log).contains("The webhook secret of rotating was rotated by ops: n = 1");
        assertThat(log).doesNotContain(before).doesNotContain(secret("rotating"));
    }

    private String secret(String name) {
        return app.ops("/ops/api/apps/" + name + "/webhook-secret").text("/secret");
    }

    private void resolve(String id, String resolution) {
        await().untilAsserted(() -> assertThat(app.opsPost("/ops/api/jobs/" + id + "/resolution", resolution)
                        .status())
                .isEqualTo(200));
    }

    /** A job that has ended well, and whose app is told at this path. */
    private String completed(String path, String... headers) {
        upstream.onPoll(_ -> completedAnswer());
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = HEADER;
        all[headers.length + 1] = receiver.url(path);
        var id = app.submit(GatewayClient.body("kite"), all).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        return id;
    }

    private static Answer completedAnswer() {
        return Answer.ok("{\"status\":\"completed\",\"url\":\"https://films.example.com/1.mp4\"}");
    }

    /** The so many-th request at this path. */
    private Request arrived(String path, int number) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> receiver.requests(path).size() >= number);
        return receiver.requests(path).get(number - 1);
    }

    private JsonNode delivery(String jobId) {
        for (var item : app.ops(DELIVERIES).body().path("items")) {
            if (item.path("job_id").asString().equals(jobId)) {
                return item;
            }
        }
        return json.createObjectNode();
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }
}
