package io.reelgate.job;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The two writes that every job pays for, each one statement, one round trip and one commit: the intent before the call,
 * and the acceptance after it. Everything rarer goes through {@link VideoJob}.
 */
@Component
public class JobLedger {

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

    private final JdbcClient jdbc;
    private final Timeline timeline;

    JobLedger(JdbcClient jdbc, Timeline timeline) {
        this.jdbc = jdbc;
        this.timeline = timeline;
    }

    /** Puts the intent on record: the job is {@code submitting}. */
    public void intend(NewJob job) {
        var at = utc(job.createdAt());
        jdbc.sql(INTEND)
                .params(job.id(), job.app(), job.model(), job.prompt(), job.request())
                .param(job.requestId())
                .param(job.seconds())
                .param(job.size())
                .params(JobStatus.SUBMITTING.word(), at)
                .params(job.id(), at, EventKind.SUBMITTED.word())
                .update();
    }

    /**
     * The upstream took the job: it is {@code queued}, has a poll ticket, and its timeline says so.
     *
     * @return false if the job was settled otherwise meanwhile; then nothing was changed
     * @throws org.springframework.dao.DuplicateKeyException if another job has this upstream id
     */
    public boolean accept(String jobId, String taskId, Instant at, Duration latency, Duration firstPoll) {
        var when = utc(at);
        var event = JobEvent.of(EventKind.ACCEPTED, at)
                .with("upstream_task_id", taskId)
                .with("latency_ms", latency.toMillis());
        return jdbc.sql(ACCEPT)
                        .params(JobStatus.QUEUED.word(), taskId, when, jobId, BEFORE_QUEUED)
                        .params(taskId, when, firstPoll.toMillis())
                        .params(when, EventKind.ACCEPTED.word(), timeline.write(event))
                        .update()
                == 1;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
