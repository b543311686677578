package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.LedgerUpstream.Answer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Answers that wait for the end of their jobs. */
@FullStackTest
@TestPropertySource(properties = "reelgate.delivery.max-waiting=6")
class WaitingTests {

    static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

    static final Answer DONE = Answer.ok("{\"status\":\"completed\",\"url\":\"https://films.example.com/1.mp4\"}");

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    @Test
    void aLookUpIsAnsweredWhenItsJobEnds() {
        var id = app.submit(GatewayClient.body("kite")).id();

        var answer = later(() -> app.get(path(id), "Prefer", "wait=60"));
        await().until(() -> waiting() == 1);
        upstream.onPoll(_ -> DONE);
        var told = answer.join();

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.text("/status")).isEqualTo("completed");
        assertThat(told.header("Preference-Applied")).isEqualTo("wait=60");
        await().until(() -> waiting() == 0);
    }

    /** What another replica put on record. */
    @Test
    void anEndThatIsOnlyInTheDatabaseWakesToo() {
        var id = app.submit(GatewayClient.body("kite")).id();

        var answer = later(() -> app.get(path(id), "Prefer", "wait=60"));
        await().until(() -> waiting() == 1);
        jdbc.sql("delete from poll_ticket").update();
        jdbc.sql("update video_job set status = 'failed', error_code = 'x', error_message = 'y', finished_at = now()")
                .update();

        assertThat(answer.join().text("/error/code")).isEqualTo("x");
    }

    @Test
    void afterItsTimeALookUpIsAnsweredAsTheJobStands() {
        var id = app.submit(GatewayClient.body("kite")).id();

        var answer = app.get(path(id), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isIn("queued", "in_progress");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
    }

    @Test
    void aJobThatHasEndedIsToldAtOnce() {
        upstream.onPoll(_ -> DONE);
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));

        assertThat(app.get(path(id), "Prefer", "wait=60").header("Preference-Applied"))
                .isEqualTo("wait=60");
    }

    @Test
    void aJobThatIsNotThereIsNotWaitedFor() {
        assertThat(app.get(path("task_nothing"), "Prefer", "wait=60").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait", "wait=soon", "wait=-5", "respond-async", "", "waiter=9", "wait=1.5"})
    void whatCannotBeReadIsIgnored(String prefer) {
        var id = app.submit(GatewayClient.body("kite")).id();

        var answer = app.get(path(id), "Prefer", prefer);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEmpty();
        assertThat(app.submit(GatewayClient.body("kite"), "Prefer", prefer)
                        .body()
                        .has("completed_at"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=99                          | wait=60",
                "WAIT=2                           | wait=2",
                "respond-async, wait = 3; foo=bar | wait=3",
                "handling=lenient,wait=\"4\"      | wait=4"
            })
    void itMayStandAmongOthersAndAskForTooMuch(String prefer, String applied) {
        upstream.onPoll(_ -> DONE);
        var id = app.submit(GatewayClient.body("kite")).id();

        assertThat(app.get(path(id), "Prefer", prefer).header("Preference-Applied"))
                .isEqualTo(applied);
    }

    @Test
    void aSubmissionThatWaitsIsAnsweredWithTheFilm() {
        upstream.onPoll(_ -> DONE);

        var answer = app.submit(GatewayClient.body("kite"), "Prefer", "wait=60");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("completed");
        assertThat(answer.text("/url")).isEqualTo("https://films.example.com/1.mp4");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void aSubmissionWhoseTimeIsOverHasItsId() {
        var answer = app.submit(GatewayClient.body("kite"), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.id()).startsWith("task_");
        assertThat(answer.text("/status")).isEqualTo("queued");
        assertThat(answer.body().has("completed_at")).isTrue();
    }

    @Test
    void aRefusalIsAnErrorAsEver() {
        upstream.onSubmit(_ -> Answer.of(402, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"empty\"}}"));

        var answer = app.submit(GatewayClient.body("kite"), "Prefer", "wait=60");

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.text("/error/code")).isEqualTo("insufficient_quota");
    }

    /** The wait stands in the place of answer-within. */
    @Test
    void aSubmissionThatTheUpstreamDoesNotAnswerInItsTimeIsA202() {
        var held = new CountDownLatch(1);
        upstream.onSubmit(
                _ -> LedgerUpstream.accepted(LedgerUpstream.newTaskId()).heldBy(held));

        var answer = app.submit(GatewayClient.body("kite"), "Prefer", "wait=1");
        held.countDown();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.id()).startsWith("task_");
        assertThat(answer.text("/status")).isEqualTo("queued");
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void aRepeatWaitsForTheSameJob() {
        upstream.onPoll(_ -> DONE);
        var first = app.submit(GatewayClient.body("kite"), "Prefer", "wait=60", "Idempotency-Key", "k");
        var again = app.submit(GatewayClient.body("kite"), "Prefer", "wait=60", "Idempotency-Key", "k");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text("/status")).isEqualTo("completed");
        assertThat(upstream.submissions()).hasSize(1);
    }

    /** Half of the six places is one address's share. */
    @Test
    void whoWouldTakeTooManyPlacesIsAnsweredAtOnce() {
        var id = app.submit(GatewayClient.body("kite")).id();
        var answers = IntStream.range(0, 3)
                .mapToObj(_ -> later(() -> app.get(path(id), "Prefer", "wait=60")))
                .toList();
        await().until(() -> waiting() == 3);

        var fourth = app.get(path(id), "Prefer", "wait=60");

        assertThat(fourth.status()).isEqualTo(200);
        assertThat(fourth.header("Preference-Applied")).isEmpty();
        var submitted = app.submit(GatewayClient.body("kite"), "Prefer", "wait=60");
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(submitted.header("Preference-Applied")).isEmpty();
        assertThat(submitted.body().has("completed_at")).isFalse();
        upstream.onPoll(_ -> DONE);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().text("/status")).isEqualTo("completed"));
    }

    @Test
    void waitsStayOutOfTheLatencies() {
        var id = app.submit(GatewayClient.body("kite")).id();
        var before = lookUps();

        app.get(path(id), "Prefer", "wait=1");
        app.job(id);

        await().untilAsserted(() -> assertThat(lookUps()).isEqualTo(before + 1));
    }

    private long lookUps() {
        return meters.find("http.server.requests").tag("uri", GatewayClient.PATH + "/{id}").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private double waiting() {
        return Objects.requireNonNull(meters.find("reelgate.waiting").gauge()).value();
    }

    private static String path(String id) {
        return GatewayClient.PATH + "/" + id;
    }

    private static CompletableFuture<GatewayClient.Answer> later(Supplier<GatewayClient.Answer> call) {
        return CompletableFuture.supplyAsync(call, VIRTUAL);
    }
}
