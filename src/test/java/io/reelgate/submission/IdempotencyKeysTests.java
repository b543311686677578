package io.reelgate.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.job.store.RetentionProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long a key is bound, and to what. */
@FullStackTest
class IdempotencyKeysTests {

    private static final String BODY = GatewayClient.body("kite");

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    /** More than a batch holds: a statement may take no longer than 20 s, however many keys ended at once. */
    @Test
    void allKeysPastTheirTimeAreForgottenBatchByBatch() {
        var id = app.submit(BODY, "Idempotency-Key", "kept").id();
        jdbc.sql("""
                insert into idempotency_key (app, key, body_sha256, job_id, expires_at)
                select 'shop', 'k' || n, '', ?, now() - interval '1 second' from generate_series(1, 12000) n
                """).param(id).update();

        keys.forgetExpired(Instant.now());

        assertThat(jdbc.sql("select key from idempotency_key")
                        .query(String.class)
                        .list())
                .containsExactly("kept");
    }

    @Test
    void aKeyIsTheSameQuotedOrBare() {
        var first = app.submit(BODY, "Idempotency-Key", "\"order-7\"");

        var again = app.submit(BODY, "Idempotency-Key", "order-7");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void aKeyIsBoundForADayAndThenFree() {
        var first = app.submit(BODY, "Idempotency-Key", "k");
        assertThat(jdbc.sql("select expires_at > now() + interval '23 hours 59 minutes' from idempotency_key")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        expire();

        var second = app.submit(GatewayClient.body("another kite"), "Idempotency-Key", "k");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(upstream.submissions()).hasSize(2);
    }

    @Test
    void manyAtOnceWithAnExpiredKeyMakeOnePost() throws Exception {
        app.submit(BODY, "Idempotency-Key", "k");
        expire();
        upstream.reset();

        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<GatewayClient.Answer> again = () -> app.submit(BODY, "Idempotency-Key", "k");
            for (var answer :
                    Stream.generate(() -> threads.submit(again)).limit(20).toList()) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).isSubsetOf(200, 409).contains(200);
        assertThat(upstream.submissions()).hasSize(1);
    }

    /** Its refusal was committed between a repeat's look for the key and its look for the job. */
    @ParameterizedTest
    @ValueSource(strings = {"rejected", "unavailable"})
    void aJobThatBoughtNothingIsNoAnswer(String status) {
        var first = app.submit(BODY, "Idempotency-Key", "k");
        jdbc.sql("update video_job set status = ?").param(status).update();

        var second = app.submit(BODY, "Idempotency-Key", "k");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void aRepeatTellsHowTheJobIsNow() {
        var first = app.submit(BODY, "Idempotency-Key", "k");
        jdbc.sql("delete from poll_ticket").update();
        jdbc.sql("update video_job set status = 'failed', error_code = 'bad', error_message = 'dark'")
                .update();

        var again = app.submit(BODY, "Idempotency-Key", "k");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.text("/status")).isEqualTo("failed");
    }

    /** A repeat buys nothing, and who is told "nothing was bought" would send the job anew. */
    @Test
    void aRepeatIsAnsweredWhileSubmissionsArePaused() {
        var first = app.submit(BODY, "Idempotency-Key", "k");
        app.opsPost("/ops/api/pause", "{\"paused\":true}");
        try {
            var again = app.submit(BODY, "Idempotency-Key", "k");

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(app.submit(BODY, "Idempotency-Key", "l").text("/error/code"))
                    .isEqualTo("paused");
        } finally {
            app.opsPost("/ops/api/pause", "{\"paused\":false}");
        }
    }

    /** Else repeats would use up the app's jobs per minute. */
    @Test
    void aRepeatAsksForNoAdmission(@Autowired Intents intents) {
        var video = new VideoRequest("model", "kite", null, null, BODY.getBytes(UTF_8), BODY);
        var submission = new Submission("shop", "k", null, video);
        assertThat(intents.record(submission)).isInstanceOf(Intents.Intent.Recorded.class);
        app.opsPost("/ops/api/pause", "{\"paused\":true}");
        try {
            assertThat(intents.record(submission))
                    .isEqualTo(new Intents.Intent.Answered(new SubmissionAnswer.KeyInFlight()));
        } finally {
            app.opsPost("/ops/api/pause", "{\"paused\":false}");
        }
    }

    /** A repeat would find its key gone with the job, and buy again. */
    @Test
    void keysMustNotGoWithTheirJobsBeforeTheirTime(@Autowired SubmissionProperties properties) {
        var tooShort = new RetentionProperties(properties.idempotencyRetention().minusSeconds(1));

        assertThatIllegalStateException()
                .isThrownBy(() -> new IdempotencyKeys(jdbc, properties, tooShort))
                .withMessageContaining("reelgate.retention.age");
    }

    @Test
    void expiredKeysAreForgotten() {
        app.submit(BODY, "Idempotency-Key", "k");
        app.submit(BODY, "Idempotency-Key", "l");
        jdbc.sql("update idempotency_key set expires_at = now() - interval '1 second' where key = 'k'")
                .update();

        keys.forgetExpired(Instant.now());

        assertThat(jdbc.sql("select key from idempotency_key")
                        .query(String.class)
                        .list())
                .containsExactly("l");
    }

    private void expire() {
        jdbc.sql("update idempotency_key set expires_at = now() - interval '1 second'")
                .update();
    }
}
