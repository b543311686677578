package io.reelgate.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.OwnDatabase;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobView;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What polls found out is written for many jobs in one statement, each getting its own and nobody else's. */
class JobTransitionsTests {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final VideoResult FILM =
            new VideoResult("https://films.example/1.mp4?a={b}&c=\"d\"", NOW.plusSeconds(86_400), 108_900L, null);

    /** What an array's text form, JSON or a careless cast could trip over. */
    private static final JobError ODD =
            new JobError("NULL", "\"quoted\", {braced}, back\\slash\n\ttab, NULL, '%s' \uD83C\uDFAC \u7535\u5F71");

    private static final JobError TOO_LATE = new JobError("expired", "Too late");

    private static OwnDatabase database;

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void emptyTheRecord() {
        database.jdbc.sql("truncate video_job cascade").update();
        database.meters.clear();
    }

    @Test
    void eachJobOfABatchTakesItsOwnStep() {
        var started = queued();
        var succeeded = queued();
        var failed = queued();
        var expired = queued();

        var taken = take(
                JobStep.started(started, NOW),
                JobStep.succeeded(succeeded, FILM, NOW),
                JobStep.failed(failed, 40, ODD, NOW),
                JobStep.expired(expired, 0, TOO_LATE, NOW));

        assertThat(taken).containsExactlyInAnyOrder(started, succeeded, failed, expired);
        assertThat(view(started)).satisfies(job -> {
            assertThat(job.status()).isEqualTo(JobStatus.IN_PROGRESS);
            assertThat(job.finishedAt()).isNull();
            assertThat(job.film()).isNull();
            assertThat(job.error()).isNull();
        });
        assertThat(view(succeeded)).satisfies(job -> {
            assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(job.progress()).isEqualTo(100);
            assertThat(job.finishedAt()).isEqualTo(NOW);
            assertThat(job.film()).isEqualTo(FILM);
            assertThat(job.error()).isNull();
        });
        assertThat(view(failed)).satisfies(job -> {
            assertThat(job.status()).isEqualTo(JobStatus.FAILED);
            assertThat(job.progress()).isEqualTo(40);
            assertThat(job.finishedAt()).isEqualTo(NOW);
            assertThat(job.error()).isEqualTo(ODD);
        });
        assertThat(view(expired)).satisfies(job -> {
            assertThat(job.status()).isEqualTo(JobStatus.EXPIRED);
            assertThat(job.finishedAt()).isEqualTo(NOW);
            assertThat(job.error()).isEqualTo(TOO_LATE);
        });
        assertThat(last(succeeded)).isEqualTo(new JobEvent(NOW, "succeeded", Map.of("completion_tokens", 108_900)));
        assertThat(last(failed))
                .isEqualTo(new JobEvent(NOW, "failed", Map.of("code", ODD.code(), "message", ODD.message())));
        assertThat(last(started)).isEqualTo(new JobEvent(NOW, "started", Map.of()));
    }

    @Test
    void whatIsNotInFlightOrNothingNewIsLeftAlone() {
        var settled = queued();
        set(settled, "status = 'failed', error_code = 'submission_lost', error_message = 'By ops'");
        var running = queued();
        take(JobStep.started(running, NOW));

        var taken = take(
                JobStep.succeeded(settled, FILM, NOW),
                JobStep.started(running, NOW.plusSeconds(1)),
                JobStep.started("task_of_nobody", NOW));

        assertThat(taken).isEmpty();
        assertThat(view(settled).status()).isEqualTo(JobStatus.FAILED);
        assertThat(kinds(settled)).containsExactly("submitted", "accepted");
        assertThat(kinds(running)).containsExactly("submitted", "accepted", "started");
    }

    static Stream<Arguments> stepsFromEveryStatus() {
        return Stream.of(JobStatus.values())
                .flatMap(from -> Stream.of(
                                JobStep.started("", NOW),
                                JobStep.succeeded("", FILM, NOW),
                                JobStep.failed("", 0, ODD, NOW),
                                JobStep.expired("", 0, TOO_LATE, NOW))
                        .map(step -> Arguments.of(from, step)));
    }

    @ParameterizedTest
    @MethodSource("stepsFromEveryStatus")
    void leadsWhereTheTableOfTransitionsSaysAndNowhereElse(JobStatus from, JobStep step) {
        var job = queued();
        set(job, "status = '%s', error_code = 'x', error_message = 'y'".formatted(from.word()));

        var taken = take(new JobStep(job, step.to(), step.progress(), step.film(), step.error(), step.event(), null));

        boolean allowed = from.tracked() && from.successors().contains(step.to());
        assertThat(taken).isEqualTo(allowed ? Set.of(job) : Set.of());
        assertThat(view(job).status()).isEqualTo(allowed ? step.to() : from);
    }

    /** Two seconds lie between the acceptance and what is written here; a clock that is wrong tells of other times. */
    @ParameterizedTest
    @CsvSource({"-3, false", "-2, true", "-1, true", "0, true", "1, false"})
    void keepsWhenTheUpstreamEndedItUnlessThatCannotBe(int seconds, boolean believed) {
        var succeeded = queued();
        var failed = queued();
        set(succeeded, "accepted_at = '%s'".formatted(NOW.minusSeconds(2)));
        set(failed, "accepted_at = '%s'".formatted(NOW.minusSeconds(2)));
        var told = NOW.plusSeconds(seconds);

        take(
                JobStep.succeeded(succeeded, FILM, NOW).endedAt(told),
                JobStep.failed(failed, 0, ODD, NOW).endedAt(told));

        assertThat(Stream.of(succeeded, failed))
                .allSatisfy(job -> assertThat(endedAt(job)).isEqualTo(believed ? Optional.of(told) : Optional.empty()));
    }

    @Test
    void keepsNoEndThatTheUpstreamDoesNotTell() {
        var job = queued();

        take(JobStep.succeeded(job, FILM, NOW));

        assertThat(endedAt(job)).isEmpty();
    }

    private static Optional<Instant> endedAt(String job) {
        return database.jdbc
                .sql("select ended_at from video_job where id = ?")
                .param(job)
                .query((row, _) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    @Test
    void neverTakesProgressBack() {
        var job = queued();
        set(job, "progress = 70");

        take(JobStep.failed(job, 40, ODD, NOW));

        assertThat(view(job).progress()).isEqualTo(70);
    }

    @Test
    void countsAnEndOnceItIsCommitted() {
        var job = queued();
        database.transaction.executeWithoutResult(status -> {
            database.steps.take(List.of(JobStep.succeeded(job, FILM, NOW)));
            status.setRollbackOnly();
        });
        assertThat(database.meters.find("reelgate.jobs").counter()).isNull();

        take(JobStep.started(job, NOW));
        assertThat(database.meters.find("reelgate.jobs").counter()).isNull();

        take(JobStep.succeeded(job, FILM, NOW));
        assertThat(database.meters
                        .get("reelgate.jobs")
                        .tags("ending", "succeeded", "app", "shop", "model", "fast")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aChangeByHandNoticesThatAStepWasTakenMeanwhile() {
        var job = queued();
        var before = version(job);
        take(JobStep.started(job, NOW));
        assertThat(version(job)).isEqualTo(before + 1);
    }

    private static Set<String> take(JobStep... steps) {
        return database.transaction.execute(_ -> database.steps.take(List.of(steps)));
    }

    /** A job in flight, without a ticket: whoever takes steps has settled those first. */
    private static String queued() {
        var job = OwnDatabase.job();
        database.ledger.intend(job);
        database.ledger.accept(job.id(), "up_" + job.id(), null, NOW, Duration.ZERO, Duration.ZERO, null);
        database.jdbc.sql("delete from poll_ticket").update();
        return job.id();
    }

    private static void set(String jobId, String columns) {
        database.jdbc
                .sql("update video_job set " + columns + " where id = ?")
                .param(jobId)
                .update();
    }

    private static int version(String jobId) {
        return database.jdbc
                .sql("select version from video_job where id = ?")
                .param(jobId)
                .query(Integer.class)
                .single();
    }

    private static JobView view(String jobId) {
        return database.history.find(jobId).orElseThrow();
    }

    private static JobEvent last(String jobId) {
        return database.timeline.of(jobId).getLast();
    }

    private static List<String> kinds(String jobId) {
        return database.timeline.of(jobId).stream().map(JobEvent::kind).toList();
    }
}
