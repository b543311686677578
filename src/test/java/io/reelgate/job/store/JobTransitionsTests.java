package io.reelgate.job.store;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Attempt;
import io.reelgate.job.EventKind;
import io.reelgate.job.HoldReason;
import io.reelgate.job.HoldTerms;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.OwnDatabase;
import io.reelgate.job.Transition;
import io.reelgate.job.Trouble;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobView;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

        var taken = take(started(started, NOW), succeeded(succeeded, null), failed(failed, 40, null), expired(expired));

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
        take(started(running, NOW));

        var taken =
                take(succeeded(settled, null), started(running, NOW.plusSeconds(1)), started("task_of_nobody", NOW));

        assertThat(taken).isEmpty();
        assertThat(view(settled).status()).isEqualTo(JobStatus.FAILED);
        assertThat(kinds(settled)).containsExactly("submitted", "accepted");
        assertThat(kinds(running)).containsExactly("submitted", "accepted", "started");
    }

    static Stream<Arguments> changesOfEveryStatus() {
        return Stream.of(JobStatus.values())
                .flatMap(from -> changes("").map(change -> Arguments.of(from, change.getClass())));
    }

    /** One of each kind: a kind that is missing here fails {@link #knowsEveryKindOfChange}. */
    private static Stream<Transition> changes(String job) {
        var attempt = new Attempt(job, 1, OwnDatabase.ACCOUNT, NOW);
        var event = JobEvent.of(EventKind.FAILED, NOW);
        return Stream.of(
                new Transition.Accepted(attempt, "task_new", Duration.ZERO, null, event),
                new Transition.Rejected(attempt, ODD, null, event),
                new Transition.Unavailable(attempt, ODD, null, event),
                new Transition.Held(
                        attempt, Trouble.of(HoldReason.BALANCE), true, ODD, new HoldTerms(NOW, null), event),
                new Transition.Sent(job, OwnDatabase.ACCOUNT, event),
                new Transition.WaitedTooLong(job, ODD, event),
                new Transition.Cancelled(job, ODD, event),
                new Transition.Unconfirmed(attempt, ODD, event),
                new Transition.GivenUp(attempt, ODD, event),
                new Transition.Lost(job, ODD, event),
                started(job, NOW),
                succeeded(job, null),
                failed(job, 0, null),
                expired(job),
                new Transition.Attached(job, "task_found", OwnDatabase.ACCOUNT, event),
                new Transition.Reopened(job, event));
    }

    @Test
    void knowsEveryKindOfChange() {
        assertThat(Stream.of(Transition.class.getPermittedSubclasses())
                        .flatMap(kind ->
                                kind.isInterface() ? Stream.of(kind.getPermittedSubclasses()) : Stream.of(kind)))
                .containsExactlyInAnyOrderElementsOf(
                        changes("").<Class<?>>map(Transition::getClass).toList());
    }

    @ParameterizedTest
    @MethodSource("changesOfEveryStatus")
    void leadsWhereItSaysAndNowhereElse(JobStatus from, Class<?> kind) {
        var job = queued();
        set(job, "status = '%s', error_code = 'x', error_message = 'y'".formatted(from.word()));
        var change = changes(job).filter(kind::isInstance).findFirst().orElseThrow();

        var made = take(change);

        // A job that failed by the upstream's own word stays failed.
        var target = from == JobStatus.FAILED ? null : change.steps().get(from);
        assertThat(made).isEqualTo(target == null ? Set.of() : Set.of(job));
        assertThat(view(job).status()).isEqualTo(target == null ? from : target);
    }

    /** Beside what only ops do, which leads back from ends. */
    @Test
    void takesNoStepThatTheTableOfStatusesDoesNotKnow() {
        assertThat(changes("")
                        .filter(change ->
                                !(change instanceof Transition.Attached || change instanceof Transition.Reopened))
                        .flatMap(change -> change.steps().entrySet().stream())
                        .filter(step -> step.getKey() != step.getValue()))
                .allSatisfy(step -> assertThat(step.getKey().successors()).contains(step.getValue()));
    }

    @Test
    void aTaskIsPolledExactlyIfItsJobIsInFlight() {
        var rejected = OwnDatabase.job();
        database.store.intend(rejected);
        take(new Transition.Rejected(rejected.attempt(), ODD, null, JobEvent.of(EventKind.REJECTED, NOW)));
        assertThat(tickets(rejected.id())).isZero();

        var accepted = database.accepted();
        assertThat(tickets(accepted.id())).isEqualTo(1);
    }

    /** A write whose acknowledgement was lost is repeated; meanwhile the job may have been sent again. */
    @Test
    void whatAnEarlierAttemptCameToChangesNothing() {
        var job = OwnDatabase.job();
        database.store.intend(job);
        set(job.id(), "attempt = 2");

        var event = JobEvent.of(EventKind.REJECTED, NOW);
        assertThat(take(new Transition.Rejected(job.attempt(), ODD, null, event)))
                .isEmpty();
        assertThat(take(new Transition.Unconfirmed(job.attempt(), ODD, event))).isEmpty();
        assertThat(view(job.id()).status()).isEqualTo(JobStatus.SUBMITTING);

        var second = new Attempt(job.id(), 2, OwnDatabase.ACCOUNT, NOW);
        assertThat(take(new Transition.Accepted(second, "task_second", Duration.ZERO, null, event)))
                .containsExactly(job.id());
    }

    @Test
    void aJobIsReopenedOnlyWithATask() {
        var job = queued();
        set(job, "status = 'expired', error_code = 'expired', upstream_task_id = null");

        assertThat(take(new Transition.Reopened(job, JobEvent.of(EventKind.REOPENED, NOW))))
                .isEmpty();
        assertThat(take(new Transition.Attached(job, "task_found", 1, JobEvent.of(EventKind.ATTACHED, NOW))))
                .containsExactly(job);
        assertThat(tickets(job)).isEqualTo(1);
    }

    @Test
    void otherWordsOfTheSameDoubtAreKeptOnce() {
        var job = OwnDatabase.job();
        database.store.intend(job);
        var event = JobEvent.of(EventKind.UNCONFIRMED, NOW);
        var first = new Transition.Unconfirmed(job.attempt(), new JobError("outcome_unknown", "silence"), event);
        var second = new Transition.Unconfirmed(job.attempt(), new JobError("outcome_unknown", "HTTP 500"), event);

        assertThat(Stream.of(first, first, second, second)
                        .map(change -> take(change).size()))
                .containsExactly(1, 0, 1, 0);
        assertThat(view(job.id()).error()).isEqualTo(new JobError("outcome_unknown", "HTTP 500"));
    }

    /** As when a write is repeated while the first one is still on its way. */
    @Test
    void ofOneJobInABatchEachChangeIsMadeAfterTheOther() {
        var job = OwnDatabase.job();
        database.store.intend(job);
        var accepted = new Transition.Accepted(
                job.attempt(), "task_once", Duration.ZERO, null, JobEvent.of(EventKind.ACCEPTED, NOW));
        var results = new ArrayList<Boolean>();
        var callers = new ArrayList<Thread>();
        database.transaction.executeWithoutResult(_ -> {
            database.jdbc.sql("lock table video_job in exclusive mode").update();
            for (int i = 0; i < 3; i++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    boolean made = database.transitions.apply(accepted).isPresent();
                    synchronized (results) {
                        results.add(made);
                    }
                }));
            }
            await().until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
        });
        await().until(() -> callers.stream().noneMatch(Thread::isAlive));

        assertThat(results).containsExactlyInAnyOrder(true, false, false);
        assertThat(kinds(job.id())).containsExactly("submitted", "accepted");
    }

    @Test
    void whatFollowsIsOnRecordWithItOrNeitherIs() {
        var job = queued();
        database.listener.concerned = true;
        try {
            database.listener.failing = true;
            assertThatThrownBy(() -> database.transitions.apply(List.of(succeeded(job, null))))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(view(job).status()).isEqualTo(JobStatus.QUEUED);

            database.listener.failing = false;
            database.transitions.apply(List.of(succeeded(job, null), started(queued(), NOW)));
            assertThat(database.listener.told)
                    .singleElement()
                    .isEqualTo(new AppliedTransition(
                            succeeded(job, null), "shop", "fast", OwnDatabase.ACCOUNT, 1, JobStatus.SUCCEEDED));
        } finally {
            database.listener.concerned = false;
            database.listener.failing = false;
        }
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

        take(succeeded(succeeded, told), failed(failed, 0, told));

        assertThat(Stream.of(succeeded, failed))
                .allSatisfy(job -> assertThat(endedAt(job)).isEqualTo(believed ? Optional.of(told) : Optional.empty()));
    }

    @Test
    void keepsNoEndThatTheUpstreamDoesNotTell() {
        var job = queued();

        take(succeeded(job, null));

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

        take(failed(job, 40, null));

        assertThat(view(job).progress()).isEqualTo(70);
    }

    @Test
    void countsAnEndOnceItIsCommitted() {
        var job = queued();
        database.transaction.executeWithoutResult(status -> {
            database.transitions.apply(List.of(succeeded(job, null)));
            status.setRollbackOnly();
        });
        assertThat(database.meters.find("reelgate.jobs").counter()).isNull();

        take(started(job, NOW));
        assertThat(database.meters.find("reelgate.jobs").counter()).isNull();

        take(succeeded(job, null));
        assertThat(database.meters
                        .get("reelgate.jobs")
                        .tags("ending", "succeeded", "app", "shop", "model", "fast")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void countsItsVersions() {
        var job = queued();
        var before = version(job);
        take(started(job, NOW));
        assertThat(version(job)).isEqualTo(before + 1);
    }

    private static Set<String> take(Transition... changes) {
        return database.transitions.apply(List.of(changes)).stream()
                .map(AppliedTransition::jobId)
                .collect(toSet());
    }

    /** A job in flight, without a ticket: whoever takes steps has settled those first. */
    private static String queued() {
        var job = database.accepted();
        set(job.id(), "accepted_at = '%s'".formatted(NOW));
        database.jdbc.sql("delete from poll_ticket").update();
        return job.id();
    }

    private static Transition started(String job, Instant at) {
        return new Transition.Started(job, JobEvent.of(EventKind.STARTED, at));
    }

    private static Transition succeeded(String job, @Nullable Instant endedAt) {
        var event = JobEvent.of(EventKind.SUCCEEDED, NOW).with("completion_tokens", FILM.completionTokens());
        return new Transition.Succeeded(job, FILM, endedAt, event);
    }

    private static Transition failed(String job, int progress, @Nullable Instant endedAt) {
        return new Transition.Failed(job, progress, ODD, endedAt, event(EventKind.FAILED, ODD));
    }

    private static Transition expired(String job) {
        return new Transition.Expired(job, 0, TOO_LATE, event(EventKind.EXPIRED, TOO_LATE));
    }

    private static JobEvent event(EventKind kind, JobError why) {
        return JobEvent.of(kind, NOW).with("code", why.code()).with("message", why.message());
    }

    private static long tickets(String jobId) {
        return database.jdbc
                .sql("select count(*) from poll_ticket where job_id = ?")
                .param(jobId)
                .query(Long.class)
                .single();
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
        return database.queries.find(jobId).orElseThrow();
    }

    private static JobEvent last(String jobId) {
        return database.timeline.of(jobId).getLast();
    }

    private static List<String> kinds(String jobId) {
        return database.timeline.of(jobId).stream().map(JobEvent::kind).toList();
    }
}
