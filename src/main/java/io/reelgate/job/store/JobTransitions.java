package io.reelgate.job.store;

import static io.reelgate.job.store.PgArrays.texts;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.VideoResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes jobs in flight a step further, with the line in their timelines: one statement for all of them, since every job goes
 * through here twice.
 */
@Component
public class JobTransitions {

    /** The arrays are selected for the reason that {@link JobStore} gives. */
    private static final String TAKE = """
            with step as (
              select * from unnest((select ?::text[]), (select ?::text[]), (select ?::text[]), (select ?::smallint[]),
                (select ?::timestamptz[]), (select ?::timestamptz[]), (select ?::text[]), (select ?::timestamptz[]),
                (select ?::bigint[]), (select ?::bigint[]), (select ?::text[]), (select ?::text[]),
                (select ?::timestamptz[]), (select ?::text[]), (select ?::text[]))
                as step (job_id, status, predecessors, progress, finished_at, ended_at, url, url_expires_at,
                  completion_tokens, total_tokens, error_code, error_message, at, kind, detail)),
            job as (
              update video_job job set status = step.status, progress = greatest(job.progress, step.progress),
                finished_at = step.finished_at,
                -- Before it was accepted or after now no task has ended: a clock is wrong.
                ended_at = case when step.ended_at between job.accepted_at and step.finished_at then step.ended_at end,
                url = step.url, url_expires_at = step.url_expires_at,
                completion_tokens = step.completion_tokens, total_tokens = step.total_tokens,
                error_code = step.error_code, error_message = step.error_message, version = version + 1
              from step where job.id = step.job_id and job.status = any (string_to_array(step.predecessors, ' '))
              returning job.id, job.app, job.model, job.status),
            event as (
              insert into job_event (job_id, at, kind, detail)
              select job_id, at, kind, detail::jsonb from step where job_id in (select id from job))
            select * from job
            """;

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final JobMetrics metrics;

    private record Taken(String jobId, String app, String model, JobStatus status) {}

    public JobTransitions(JdbcClient jdbc, Timeline timeline, JobMetrics metrics) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.metrics = metrics;
    }

    /**
     * Takes these steps, at most one for each job, as part of the caller's transaction.
     *
     * @return the ids of the jobs that took theirs; the others are where the step does not lead from: settled meanwhile, or
     *     there already
     */
    public Set<String> take(List<JobStep> steps) {
        if (steps.isEmpty()) {
            return Set.of();
        }
        var taken = jdbc.sql(TAKE)
                .params(
                        texts(steps, JobStep::jobId),
                        texts(steps, step -> step.to().word()))
                .param(texts(steps, step -> predecessors(step.to())))
                .params(texts(steps, JobStep::progress), texts(steps, JobStep::finishedAt))
                .param(texts(steps, JobStep::endedAt))
                .params(texts(steps, film(VideoResult::url)), texts(steps, film(VideoResult::urlExpiresAt)))
                .params(texts(steps, film(VideoResult::completionTokens)), texts(steps, film(VideoResult::totalTokens)))
                .params(texts(steps, error(JobError::code)), texts(steps, error(JobError::message)))
                .params(
                        texts(steps, step -> step.event().at()),
                        texts(steps, step -> step.event().kind()))
                .param(texts(steps, step -> timeline.write(step.event())))
                .query((row, _) -> taken(row))
                .list();
        taken.forEach(job -> metrics.changed(job.status(), job.app(), job.model()));
        return taken.stream().map(Taken::jobId).collect(toUnmodifiableSet());
    }

    /** Those in flight: a job that nobody knows to be bought may fail too, but not by a poll. */
    private static String predecessors(JobStatus status) {
        return status.predecessors().stream()
                .filter(JobStatus::tracked)
                .map(JobStatus::word)
                .collect(joining(" "));
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(row.getString(1), row.getString(2), row.getString(3), JobStatus.of(row.getString(4)));
    }

    private static Function<JobStep, @Nullable Object> film(Function<VideoResult, @Nullable Object> field) {
        return step -> step.film() == null ? null : field.apply(step.film());
    }

    private static Function<JobStep, @Nullable Object> error(Function<JobError, Object> field) {
        return step -> step.error() == null ? null : field.apply(step.error());
    }
}
