package io.reelgate.job;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.stereotype.Component;

/**
 * The two writes that every job pays for, the intent before the call and the acceptance after it: each one statement, in one
 * round trip and one commit with those of other jobs that come at the same time. Everything rarer goes through
 * {@link VideoJob}.
 */
@Component
public class JobLedger implements DisposableBean {

    private static final String INTEND = """
            with job as (
              insert into video_job (id, app, model, prompt, request, request_id, seconds, size, status, created_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))
            insert into job_event (job_id, at, kind, detail) values (?, ?, ?, '{}')
            """;

    private static final String ACCEPT = """
            with job as (
              update video_job set status = ?, upstream_task_id = ?, accepted_at = ?, error_code = null,
                error_message = null, version = version + 1
              where id = ? and status = any (?)
              returning id, model),
            ticket as (
              insert into poll_ticket (job_id, upstream_task_id, model, tracked_since, due_at)
              select id, ?, model, ?, now() + ? * interval '1 millisecond' from job)
            insert into job_event (job_id, at, kind, detail)
            select id, ?, ?, ?::jsonb from job
            """;

    private static final String[] BEFORE_QUEUED =
            JobStatus.QUEUED.predecessors().stream().map(JobStatus::word).toArray(String[]::new);

    private final JdbcOperations jdbc;
    private final Timeline timeline;
    private final Batcher<NewJob, Boolean> intents = new Batcher<>("job-intents", this::intend);
    private final Batcher<Acceptance, Boolean> acceptances = new Batcher<>("job-acceptances", this::accept);

    private record Acceptance(String jobId, String taskId, Instant at, Duration latency, Duration firstPoll) {}

    JobLedger(JdbcOperations jdbc, Timeline timeline) {
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
     * @return false if the job was settled otherwise meanwhile; then nothing was changed
     * @throws org.springframework.dao.DuplicateKeyException if another job has this upstream id
     */
    public boolean accept(String jobId, String taskId, Instant at, Duration latency, Duration firstPoll) {
        return acceptances.await(new Acceptance(jobId, taskId, at, latency, firstPoll));
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
        return write(INTEND, jobs.stream().map(JobLedger::parameters).toList());
    }

    private static Object[] parameters(NewJob job) {
        var at = utc(job.createdAt());
        return new Object[] {
            job.id(),
            job.app(),
            job.model(),
            job.prompt(),
            job.request(),
            text(job.requestId()),
            text(job.seconds()),
            text(job.size()),
            JobStatus.SUBMITTING.word(),
            at,
            job.id(),
            at,
            EventKind.SUBMITTED.word()
        };
    }

    private List<Boolean> accept(List<Acceptance> acceptances) {
        return write(ACCEPT, acceptances.stream().map(this::parameters).toList());
    }

    private Object[] parameters(Acceptance acceptance) {
        var at = utc(acceptance.at());
        var event = JobEvent.of(EventKind.ACCEPTED, acceptance.at())
                .with("upstream_task_id", acceptance.taskId())
                .with("latency_ms", acceptance.latency().toMillis());
        return new Object[] {
            JobStatus.QUEUED.word(),
            acceptance.taskId(),
            at,
            acceptance.jobId(),
            BEFORE_QUEUED,
            acceptance.taskId(),
            at,
            acceptance.firstPoll().toMillis(),
            at,
            EventKind.ACCEPTED.word(),
            timeline.write(event)
        };
    }

    /** With its type, since a {@code null} without one would have the driver prepare the statement again. */
    private static SqlParameterValue text(@Nullable String value) {
        return new SqlParameterValue(Types.VARCHAR, value);
    }

    /** One round trip, and outside an open transaction one of its own: PostgreSQL takes what comes in one go for one. */
    private List<Boolean> write(String sql, List<Object[]> rows) {
        return Arrays.stream(jdbc.batchUpdate(sql, rows))
                .mapToObj(count -> count == 1)
                .toList();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
