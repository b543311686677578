package io.reelgate.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobStore;
import io.reelgate.job.store.Timeline;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import io.reelgate.upstream.SubmissionResult;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.UpstreamError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs whose replica died, answers that come when nobody waits for them any more, and writes that are repeated. */
@FullStackTest
class RecoveryTests {

    private static final SubmissionOutcome BROKE =
            new QuotaExhausted(new UpstreamError(402, "insufficient_quota", "Insufficient balance"));

    @Autowired
    Recovery recovery;

    @Autowired
    Outcomes outcomes;

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    QuotaIncidents incidents;

    @Autowired
    JobStore store;

    @Autowired
    JobQueries history;

    @Autowired
    Timeline timeline;

    @Autowired
    UpstreamClient client;

    @Autowired
    JdbcClient jdbc;

    /** As when Hibernate takes a broken connection for "not there": whoever writes outcomes tries again on such an error. */
    @Test
    void aJobThatCannotBeReadIsAFailureOfTheDatabase() {
        var unreadable = new NewJob(
                JobId.next(Instant.now()), "shop", "model", "kite", "{}", null, null, null, Instant.now(), 1);

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> outcomes.record(
                        SentJob.first(unreadable, null), new SubmissionResult(BROKE, null), Duration.ZERO));
    }

    @Test
    void aJobWhoseReplicaDiedBecomesUnconfirmedWhenNoCallCanBeUnderWayAnyMore() {
        var dead = submitting(pastEveryCall());
        var alive = submitting(client.longestCall());

        recovery.sweep();

        assertThat(view(dead).status()).isEqualTo(JobStatus.UNCONFIRMED);
        assertThat(view(dead).error()).extracting("code").isEqualTo("outcome_unknown");
        assertThat(events(dead)).containsExactly("submitted", "unconfirmed");
        assertThat(view(alive).status()).isEqualTo(JobStatus.SUBMITTING);
    }

    @Test
    void anUnconfirmedJobThatNobodySettledIsFailedInTheEnd() {
        var old = submitting(Duration.ofHours(24).plusSeconds(1));
        var young = submitting(Duration.ofHours(23));
        unconfirmedADayAgo(old);
        record(young, new Unconfirmed("silence"));

        recovery.sweep();

        assertThat(view(old).status()).isEqualTo(JobStatus.FAILED);
        assertThat(view(old).error()).extracting("code").isEqualTo("submission_unconfirmed");
        assertThat(view(old).finishedAt()).isNotNull();
        assertThat(view(young).status()).isEqualTo(JobStatus.UNCONFIRMED);
    }

    /** All replicas stood still for days: ops must have the time they were promised to look for it. */
    @Test
    void anOldJobThatOnlyNowBecameUnconfirmedIsLeftToOps() {
        var old = submitting(Duration.ofDays(3));

        recovery.sweep();
        recovery.sweep();

        assertThat(view(old).status()).isEqualTo(JobStatus.UNCONFIRMED);
    }

    /** More than a batch holds; the context's own sweep may be a fourth replica. */
    @Test
    void manyReplicasSettleManyJobsOnceEach() {
        IntStream.range(0, 1_100).forEach(_ -> submitting(pastEveryCall()));

        try (var replicas = Executors.newFixedThreadPool(3)) {
            IntStream.range(0, 3).forEach(_ -> replicas.submit(recovery::sweep));
        }

        await().until(() -> count("select count(*) from video_job where status = 'unconfirmed'") == 1_100);
        assertThat(count("select count(*) from job_event where kind = 'unconfirmed'"))
                .isEqualTo(1_100);
    }

    @Test
    void aLateAcceptanceIsTrackedAfterAll() {
        var job = swept();

        record(job, new Accepted("task_late"));

        assertThat(view(job).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(view(job).upstreamTaskId()).isEqualTo("task_late");
        assertThat(view(job).error()).isNull();
        assertThat(tickets(job)).isEqualTo(1);
        assertThat(events(job)).containsExactly("submitted", "unconfirmed", "accepted");
    }

    @Test
    void aLateRefusalEndsTheJobFreesItsKeyAndCountsInTheIncident() {
        var job = swept();
        var binding = new IdempotencyKeys.Binding(new byte[32], job.id());
        keys.bind(job.app(), "k", binding, job.createdAt(), Instant.now().plusSeconds(60));

        record(job, BROKE);

        assertThat(view(job).status()).isEqualTo(JobStatus.FAILED);
        assertThat(view(job).error()).extracting("code").isEqualTo("insufficient_quota");
        assertThat(keys.find(job.app(), "k", Instant.now())).isEmpty();
        assertThat(incidents.open()).singleElement().extracting("refusedJobs").isEqualTo(1L);
    }

    /** It leaves the job unconfirmed, but its words and its id are all that ops have; written twice, they stand there once. */
    @Test
    void aLateAnswerThatLeavesItOpenIsKeptForOps() {
        var job = swept();

        record(job, new Unconfirmed("HTTP 500 do_request_failed: EOF"));
        record(job, new Unconfirmed("HTTP 500 do_request_failed: EOF"));

        assertThat(view(job).status()).isEqualTo(JobStatus.UNCONFIRMED);
        assertThat(view(job).error()).extracting("message").isEqualTo("HTTP 500 do_request_failed: EOF");
        assertThat(events(job)).containsExactly("submitted", "unconfirmed", "unconfirmed");
        assertThat(timeline.of(job.id()).getLast().detail()).containsEntry("upstream_request_id", "req-7");
    }

    @Test
    void theUpstreamsIdOfTheRequestStandsInTheTimelineOfEveryOutcome() {
        var error = new UpstreamError(400, "invalid", "no");
        var outcomes = List.of(
                new Accepted("task_known"),
                BROKE,
                new SubmissionOutcome.Refused(400, error),
                new SubmissionOutcome.Throttled(error, null),
                new SubmissionOutcome.KeyRefused(error),
                new SubmissionOutcome.Misrouted(error),
                new SubmissionOutcome.NotSent("no channel"),
                new Unconfirmed("HTTP 500"));

        assertThat(outcomes).allSatisfy(outcome -> {
            var job = submitting(Duration.ZERO);
            record(job, outcome);
            assertThat(timeline.of(job.id()).getLast().detail()).containsEntry("upstream_request_id", "req-7");
        });
    }

    @Test
    void anAcceptanceAfterTheEndIsKeptForOps() {
        var job = submitting(Duration.ofHours(25));
        unconfirmedADayAgo(job);
        recovery.sweep();

        record(job, new Accepted("task_much_too_late"));

        assertThat(view(job).status()).isEqualTo(JobStatus.FAILED);
        assertThat(timeline.of(job.id()).getLast()).satisfies(event -> {
            assertThat(event.kind()).isEqualTo("accepted_too_late");
            assertThat(event.detail())
                    .containsEntry("upstream_task_id", "task_much_too_late")
                    .containsEntry("upstream_request_id", "req-7");
        });
    }

    /** The commit came through, but the word of it did not: so the writer writes it again. */
    @Test
    void anOutcomeThatIsWrittenTwiceHappenedOnce() {
        var accepted = submitting(Duration.ZERO);
        var refused = submitting(Duration.ZERO);
        record(accepted, new Accepted("task_once"));
        record(refused, BROKE);

        assertThat(record(accepted, new Accepted("task_once")).outcome()).isEqualTo(new Accepted("task_once"));
        record(refused, BROKE);

        assertThat(view(accepted).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(events(accepted)).containsExactly("submitted", "accepted");
        assertThat(events(refused)).containsExactly("submitted", "rejected");
        assertThat(incidents.open()).singleElement().extracting("refusedJobs").isEqualTo(1L);
    }

    @Test
    void twoJobsNeverShareATask() {
        var first = submitting(Duration.ZERO);
        var second = submitting(Duration.ZERO);
        record(first, new Accepted("task_shared"));

        assertThat(record(second, new Accepted("task_shared")).outcome()).isInstanceOf(Unconfirmed.class);

        assertThat(view(second).status()).isEqualTo(JobStatus.UNCONFIRMED);
        assertThat(tickets(second)).isZero();
    }

    private Duration pastEveryCall() {
        return client.longestCall().plusSeconds(16);
    }

    private void unconfirmedADayAgo(NewJob job) {
        record(job, new Unconfirmed("silence"));
        jdbc.sql("update job_event set at = job_event.at - interval '24 hours 1 second' where job_id = ?")
                .param(job.id())
                .update();
    }

    private NewJob swept() {
        var job = submitting(pastEveryCall());
        recovery.sweep();
        assertThat(view(job).status()).isEqualTo(JobStatus.UNCONFIRMED);
        return job;
    }

    /** A job of this age whose call is under way, or was when its replica died. */
    private NewJob submitting(Duration age) {
        var createdAt = Instant.now().minus(age).truncatedTo(ChronoUnit.MILLIS);
        var job = new NewJob(
                JobId.next(createdAt), "shop", "doubao-seedance-2-0", "kite", "{}", null, null, null, createdAt, 1);
        store.intend(job);
        return job;
    }

    private SettledAttempt record(NewJob job, SubmissionOutcome outcome) {
        return outcomes.record(SentJob.first(job, null), new SubmissionResult(outcome, "req-7"), Duration.ofMillis(7));
    }

    private JobView view(NewJob job) {
        return history.find(job.id()).orElseThrow();
    }

    private Iterable<String> events(NewJob job) {
        return timeline.of(job.id()).stream().map(JobEvent::kind).toList();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private long tickets(NewJob job) {
        return jdbc.sql("select count(*) from poll_ticket where job_id = ?")
                .param(job.id())
                .query(Long.class)
                .single();
    }
}
