package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.LedgerUpstream.Answer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A gateway whose database and upstream go away and come back, and that has little memory for bodies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardTimesTests {

    private static final int BODIES = 1024 * 1024;

    /** A body is in memory one and a half times while it is put together. */
    private static final int MEMORY = BODIES + BODIES / 2;

    /** What the text of a small job counts, at most. */
    private static final int TEXT = 16 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database database = TestPostgres.freshDatabase();
    private final CuttableProxy wayToDatabase = new CuttableProxy(database.port());
    private final LedgerUpstream upstream = new LedgerUpstream();
    private final CuttableProxy wayToUpstream = new CuttableProxy(upstream.port());

    /** Around the proxy: what is on record can be seen while the gateway is cut off from it. */
    private final JdbcClient record = JdbcClient.create(
            new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));

    private ConfigurableApplicationContext gateway;
    private GatewayClient app;
    private int port;

    @BeforeAll
    void start() {
        gateway = new SpringApplicationBuilder(ReelgateApplication.class)
                .properties(
                        "server.port=0",
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + wayToDatabase.port() + "/"
                                + database.name(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.datasource.hikari.connection-timeout=1000",
                        "spring.datasource.hikari.validation-timeout=500",
                        "reelgate.upstream.base-url=http://127.0.0.1:" + wayToUpstream.port(),
                        "reelgate.upstream.api-key=" + LedgerUpstream.KEY,
                        "reelgate.upstream.connect-timeout=1s",
                        "reelgate.upstream.poll-timeout=1s",
                        "reelgate.tracking.lease=7s",
                        "reelgate.ops.password=test-ops",
                        "reelgate.submission.answer-within=60s",
                        "reelgate.submission.max-body=1MB",
                        "reelgate.submission.max-bodies-in-flight=" + MEMORY + "B",
                        "reelgate.tracking.interval-min=100ms",
                        "reelgate.tracking.interval-max=200ms")
                .run();
        port = Objects.requireNonNull(((ServletWebServerApplicationContext) gateway).getWebServer())
                .getPort();
        app = new GatewayClient(port);
    }

    @AfterAll
    void end() {
        gateway.close();
        wayToUpstream.close();
        wayToDatabase.close();
        upstream.close();
    }

    @BeforeEach
    void begin() {
        upstream.reset();
        record.sql("truncate video_job, quota_incident cascade").update();
    }

    /** Whatever a test did, all the memory for bodies, but for a little text, must be there again in the end. */
    @AfterEach
    void noBodyIsHeldForEver() {
        upstream.reset(); // else an answer that cuts the way to the database would do so here, too
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(app.submit(sized(BODIES - TEXT)).status()).isEqualTo(200));
    }

    @Test
    void withoutTheDatabaseNothingIsSentUntilItIsBack() {
        wayToDatabase.cut();
        var refused = app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k");
        wayToDatabase.mend();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/error/code")).isEqualTo("record_unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(upstream.submissions()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k")
                                .status())
                        .isEqualTo(200));
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void aLookUpThatWaitsWhileTheDatabaseGoesAwayIsA503InItsTime() {
        var id = app.submit(GatewayClient.body("kite")).id();

        var answer = CompletableFuture.supplyAsync(
                () -> app.get(GatewayClient.PATH + "/" + id, "Prefer", "wait=2"),
                task -> Thread.ofVirtual().start(task));
        await().until(() -> waiting() == 1);
        wayToDatabase.cut();
        var told = answer.join();
        wayToDatabase.mend();

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.text("/error/code")).isEqualTo("record_unavailable");
    }

    /** An app that has an id gets no error any more. */
    @Test
    void aSubmissionThatWaitsWhileTheDatabaseGoesAwayIsAnsweredFromMemory() {
        var answer = CompletableFuture.supplyAsync(
                () -> app.submit(GatewayClient.body("kite"), "Prefer", "wait=2"),
                task -> Thread.ofVirtual().start(task));
        await().until(() -> waiting() == 1);
        wayToDatabase.cut();
        var told = answer.join();
        wayToDatabase.mend();

        assertThat(told.status()).isEqualTo(202);
        assertThat(told.id()).startsWith("task_");
        assertThat(told.text("/status")).isEqualTo("queued");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(app.job(told.id()).status()).isEqualTo(200));
    }

    private double waiting() {
        return Objects.requireNonNull(gateway.getBean(MeterRegistry.class)
                        .find("reelgate.waiting")
                        .gauge())
                .value();
    }

    /** More than a batch holds: nobody is kept until the database is back, and what was refused is not sent then. */
    @Test
    void withoutTheDatabaseACrowdIsRefusedAsWell() {
        wayToDatabase.cut();
        var answers = new ConcurrentLinkedQueue<GatewayClient.Answer>();
        try (var apps = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                apps.execute(() -> answers.add(app.submit(GatewayClient.body("kite"))));
            }
        }
        wayToDatabase.mend();

        // Some find no room for their bodies, since so many are kept waiting.
        assertThat(answers).hasSize(300).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("/error/code")).isIn("record_unavailable", "overloaded");
        });
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(app.submit(GatewayClient.body("crane")).status())
                                .isEqualTo(200));
        assertThat(upstream.submissions())
                .singleElement()
                .extracting(LedgerUpstream.Request::text)
                .asString()
                .contains("crane");
    }

    @Test
    void whatWasBoughtGetsOnRecordWhenTheDatabaseIsBack() {
        upstream.onSubmit(_ -> {
            wayToDatabase.cut();
            return LedgerUpstream.accepted("task_bought");
        });

        var answer = submitting(GatewayClient.body("kite"));
        await().until(wayToDatabase::isCut);
        assertThat(status()).isEqualTo("submitting");
        wayToDatabase.mend();

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(app.job("task_bought").id()).isEqualTo(answer.join().id());
        assertThat(status()).isEqualTo("queued");
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void aRefusalGetsOnRecordWhenTheDatabaseIsBackAndFreesTheKey() {
        upstream.onSubmit(_ -> {
            wayToDatabase.cut();
            return Answer.of(402, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no money\"}}");
        });
        var answer = submitting(GatewayClient.body("kite"), "Idempotency-Key", "k");
        await().until(wayToDatabase::isCut);
        wayToDatabase.mend();

        assertThat(answer.join().status()).isEqualTo(402);
        assertThat(status()).isEqualTo("rejected");
        assertThat(record.sql("select count(*) from idempotency_key")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(record.sql("select count(*) from quota_incident")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void pollingPausesAndGoesOn() {
        var id = app.submit(GatewayClient.body("kite")).id();
        await().until(() -> !upstream.polls().isEmpty());
        wayToDatabase.cut();
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        assertThat(app.job(id).text("/error/code")).isEqualTo("record_unavailable");
        wayToDatabase.mend();

        await().atMost(PATIENCE).until(() -> status().equals("succeeded"));
    }

    @Test
    void withoutTheUpstreamNothingIsBought() {
        wayToUpstream.cut();
        var refused = app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k");
        wayToUpstream.mend();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/error/code")).isEqualTo("upstream_unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(status()).isEqualTo("unavailable");
        assertThat(app.submit(GatewayClient.body("kite"), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bodiesThatDoNotFitAreRefusedUntilThereIsRoom() {
        var patience = new CountDownLatch(1);
        upstream.onSubmit(
                _ -> LedgerUpstream.accepted(LedgerUpstream.newTaskId()).heldBy(patience));
        var first = submitting(sized(BODIES * 6 / 10));

        var refused = app.submit(sized(BODIES * 6 / 10));
        patience.countDown();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/error/code")).isEqualTo("overloaded");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(upstream.submissions()).hasSize(1);
        assertThat(first.join().status()).isEqualTo(200);
    }

    /** Each ending keeps a third of the memory if it forgets to give it back; then the last one has no room. */
    @Test
    void everyEndingGivesTheMemoryBack() {
        var body = sized(BODIES / 3);
        for (int i = 0; i < 4; i++) {
            assertThat(app.submit(body.replace("kite", "")).status()).isEqualTo(400);
            assertThat(app.submit(body.substring(1)).status()).isEqualTo(400);
            assertThat(app.submit(body, "X-Reelgate-App", "?").status()).isEqualTo(400);
            assertThat(app.submit(sized(BODIES + 1)).status()).isEqualTo(413);
            upstream.onSubmit(_ -> Answer.of(402, ""));
            assertThat(app.submit(body).status()).isEqualTo(402);
            upstream.onSubmit(_ -> Answer.hangUp());
            assertThat(app.submit(body).status()).isEqualTo(202);
            upstream.reset();
            assertThat(app.submit(body, "Idempotency-Key", "k").status()).isEqualTo(200);
            assertThat(app.submit(body, "Idempotency-Key", "k").status()).isEqualTo(200);
            assertThat(app.submit(body + " ", "Idempotency-Key", "k").status()).isEqualTo(422);
            try (var raw = new RawHttp(port)) {
                raw.send("POST " + GatewayClient.PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Connection: close\r\nContent-Length: " + BODIES + "\r\n\r\n{")
                        .end()
                        .all();
            }
        }
    }

    /** A submission that has reached the upstream, and what its answer will be. */
    private CompletableFuture<GatewayClient.Answer> submitting(String body, String... headers) {
        var answer = new CompletableFuture<GatewayClient.Answer>();
        Thread.ofVirtual().start(() -> answer.completeAsync(() -> app.submit(body, headers), Runnable::run));
        await().atMost(PATIENCE).until(() -> upstream.submissions().size() == 1);
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private String status() {
        return record.sql("select status from video_job order by id desc limit 1")
                .query(String.class)
                .single();
    }

    /** A body of so many bytes, nearly all of them a picture, which counts once; text counts several times. */
    private static String sized(int bytes) {
        var start = GatewayClient.body("kite").replaceFirst("}$", ",\"images\":[\"data:image/png;base64,");
        var end = "\"]}";
        return start + "A".repeat(bytes - start.length() - end.length()) + end;
    }
}
