package io.reelgate.job.store;

import static io.reelgate.job.store.PgArrays.texts;

import io.reelgate.job.EventKind;
import io.reelgate.job.FirstPoll;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * The two writes that every job pays for, the intent before the call and the acceptance after it: each one statement, in one
 * round trip and one commit with those of other jobs that come at the same time. What comes later is in
 * {@link JobTransitions}, and everything rarer goes through {@link VideoJob}.
 */
@Component
public class JobStore implements DisposableBean {

    private static final String INTEND = """
            with job as (
              insert into video_job (id, app, model, prompt, request, request_id, seconds, size, created_at, status)
              select intent.*, ?::text
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::timestamptz[]) as intent
              returning id, created_at)
            insert into job_event (job_id, at, kind, detail) select id, created_at, ?::text, '{}' from job
            """;

    /** The arrays are selected, so that PostgreSQL does not see their length: its plan is one for any number of jobs. */
    private static final String ACCEPT = """
            with accepted as (
              select * from unnest((select ?::text[]), (select ?::text[]), (select ?::timestamptz[]), (select ?::bigint[]),
                (select ?::bigint[]), (select ?::text[]))
                as accepted (job_id, task_id, at, first_poll, earliest, detail)),
            job as (
              update video_job job set status = ?, upstream_task_id = accepted.task_id, accepted_at = accepted.at,
                error_code = null, error_message = null, version = version + 1
              from accepted where job.id = accepted.job_id and job.status = any (?)
              returning job.id, job.model, accepted.*),
            ticket as (
              insert into poll_ticket (job_id, upstream_task_id, model, tracked_since, due_at, earliest_ms)
              select id, task_id, model, at, now() + first_poll * interval '1 millisecond', earliest from job)
            insert into job_event (job_id, at, kind, detail)
            select id, at, ?::text, detail::jsonb from job
            returning job_id
            """;

    private static final String[] BEFORE_QUEUED =
            JobStatus.QUEUED.predecessors().stream().map(JobStatus::word).toArray(String[]::new);

    private final JdbcOperations jdbc;
    private final Timeline timeline;
    private final Batcher<NewJob, Boolean> intents = new Batcher<>("job-intents", this::intend);
    private final Batcher<Acceptance, Boolean> acceptances = new Batcher<>("job-acceptances", this::accept);

    private record Acceptance(
            String jobId,
            String taskId,
            @Nullable String upstreamRequestId,
            Instant at,
            Duration latency,
            Duration firstPoll,
            @Nullable Duration earliestEnd) {}

    public JobStore(JdbcOperations jdbc, Timeline timeline) {
        this.jdbc = jdbc;
        this.timeline = timeline;
    }

    /** Puts the intent on record, committed when this returns: the job is {@code submitting}. */
    public void intend(NewJob job) {
        intents.await(job);
    }

    /** Puts the intent on record as part of the caller's transaction: it is committed when that is, and with nobody else's. */
    public void intendInTransaction(NewJob job) {
        intend(List.of(job));
    }

    /**
     * The upstream took the job: it is {@code queued}, has a poll ticket, and its timeline says so.
     *
     * @param upstreamRequestId the upstream's own id of the submission, if it gave one
     * @param firstPoll how long from now to ask for it, see {@link FirstPoll}
     * @param earliestEnd before this age it hardly ends, if that is known
     * @return false if the job was settled otherwise meanwhile; then nothing was changed
     * @throws org.springframework.dao.DuplicateKeyException if another job has this upstream id
     */
    public boolean accept(
            String jobId,
            String taskId,
            @Nullable String upstreamRequestId,
            Instant at,
            Duration latency,
            Duration firstPoll,
            @Nullable Duration earliestEnd) {
        return acceptances.await(new Acceptance(jobId, taskId, upstreamRequestId, at, latency, firstPoll, earliestEnd));
    }

    /** How many writes wait for those under way to end. */
    int waiting() {
        return intents.waiting() + acceptances.waiting();
    }

    @Override
    public void destroy() {
        intents.close();
        acceptances.close();
    }

    private List<Boolean> intend(List<NewJob> jobs) {
        int written = jdbc.update(
                INTEND,
                JobStatus.SUBMITTING.word(),
                texts(jobs, NewJob::id),
                texts(jobs, NewJob::app),
                texts(jobs, NewJob::model),
                texts(jobs, NewJob::prompt),
                texts(jobs, NewJob::request),
                texts(jobs, NewJob::requestId),
                texts(jobs, NewJob::seconds),
                texts(jobs, NewJob::size),
                texts(jobs, NewJob::createdAt),
                EventKind.SUBMITTED.word());
        return Collections.nCopies(written, true);
    }

    private List<Boolean> accept(List<Acceptance> acceptances) {
        var accepted = Set.copyOf(jdbc.queryForList(
                ACCEPT,
                String.class,
                texts(acceptances, Acceptance::jobId),
                texts(acceptances, Acceptance::taskId),
                texts(acceptances, Acceptance::at),
                texts(acceptances, acceptance -> acceptance.firstPoll().toMillis()),
                texts(acceptances, JobStore::earliestMillis),
                texts(acceptances, acceptance -> timeline.write(event(acceptance))),
                JobStatus.QUEUED.word(),
                BEFORE_QUEUED,
                EventKind.ACCEPTED.word()));
        return acceptances.stream()
                .map(acceptance -> accepted.contains(acceptance.jobId()))
                .toList();
    }

    private static @Nullable Object earliestMillis(Acceptance acceptance) {
        return acceptance.earliestEnd() == null
                ? null
                : acceptance.earliestEnd().toMillis();
    }

    private static JobEvent event(Acceptance acceptance) {
        return JobEvent.of(EventKind.ACCEPTED, acceptance.at())
                .with("upstream_task_id", acceptance.taskId())
                .with("upstream_request_id", acceptance.upstreamRequestId())
                .with("latency_ms", acceptance.latency().toMillis());
    }
}
