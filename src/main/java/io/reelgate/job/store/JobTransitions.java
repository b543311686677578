package io.reelgate.job.store;

import static io.reelgate.job.store.PgArrays.texts;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import io.reelgate.job.VideoResult;
import io.reelgate.job.store.StatusChange.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The one door through which a job's status changes: one statement, for many jobs at a time, that guards the change, makes it,
 * writes the timeline, and opens a poll ticket where one is needed. What else follows is put on record by the
 * {@link TransitionListener}s, in the same transaction; the metric is counted once that has committed.
 */
@Component
public class JobTransitions implements DisposableBean {

    /** Where a step leads to, found for the row as it is once it is locked: somebody may have changed it meanwhile. */
    private static final String TARGET =
            "(string_to_array(step.targets, ' '))[array_position(string_to_array(step.sources, ' '), job.status)]";

    /** The arrays are selected, so that PostgreSQL does not see their length: its plan is one for any number of jobs. */
    private static final String APPLY = """
            with step as (
              select * from unnest((select ?::text[]), (select ?::integer[]), (select ?::text[]), (select ?::text[]),
                (select ?::text[]), (select ?::smallint[]), (select ?::bigint[]), (select ?::bigint[]),
                (select ?::smallint[]), (select ?::timestamptz[]), (select ?::text[]), (select ?::timestamptz[]),
                (select ?::bigint[]), (select ?::bigint[]), (select ?::text[]), (select ?::text[]),
                (select ?::timestamptz[]), (select ?::text[]), (select ?::text[]), (select ?::smallint[]))
                as step (job_id, attempt, sources, targets, task_id, account, first_poll, earliest, progress, ended_at,
                  url, url_expires_at, completion_tokens, total_tokens, error_code, error_message, at, kind, detail, sent_to)),
            job as (
              update video_job job set status = %1$s,
                progress = greatest(job.progress, step.progress),
                upstream_task_id = coalesce(step.task_id, job.upstream_task_id),
                account = coalesce(step.account, step.sent_to, job.account),
                attempt = case when step.sent_to is null then job.attempt else job.attempt + 1 end,
                sent_at = case when step.sent_to is null then job.sent_at else step.at end,
                accepted_at = case when step.first_poll is null then job.accepted_at
                  else coalesce(job.accepted_at, step.at) end,
                finished_at = case when %1$s = any (?) then step.at end,
                -- Before it was accepted or after now no task has ended: a clock is wrong.
                ended_at = case when step.ended_at between job.accepted_at and step.at then step.ended_at end,
                url = step.url, url_expires_at = step.url_expires_at,
                completion_tokens = step.completion_tokens, total_tokens = step.total_tokens,
                error_code = step.error_code, error_message = step.error_message, version = version + 1
              from step where job.id = step.job_id and job.status = any (string_to_array(step.sources, ' '))
                and (step.attempt is null or job.attempt = step.attempt)
                and (job.status <> 'failed' or job.error_code = any (?))
                and (step.first_poll is null or coalesce(step.task_id, job.upstream_task_id) is not null)
                -- A step to where the job stands already is one if it says something new.
                and (job.status <> %1$s or job.error_message is distinct from step.error_message)
              returning job.id, job.app, job.model, job.status, job.upstream_task_id, job.account, job.attempt,
                coalesce(job.sent_at, job.created_at) as sent_at,
                step.first_poll, step.earliest, step.at, step.kind, step.detail),
            ticket as (
              insert into poll_ticket (job_id, upstream_task_id, account, model, sent_at, tracked_since, due_at, earliest_ms)
              select id, upstream_task_id, account, model, sent_at, at, now() + first_poll * interval '1 millisecond',
                earliest
              from job where first_poll is not null),
            event as (
              insert into job_event (job_id, at, kind, detail) select id, at, kind, detail::jsonb from job)
            select id, app, model, account, attempt, status from job
            """.formatted(TARGET);

    private static final String[] ENDS = Stream.of(JobStatus.values())
            .filter(JobStatus::ended)
            .map(JobStatus::word)
            .toArray(String[]::new);

    private static final String[] GIVEN_UP = JobStatus.GIVEN_UP.toArray(String[]::new);

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final JobMetrics metrics;
    private final List<TransitionListener> listeners;
    private final TransactionOperations transaction;
    private final Batcher<Transition, Optional<AppliedTransition>> batches =
            new Batcher<>("job-transitions", this::applyEach);

    public JobTransitions(
            JdbcClient jdbc,
            Timeline timeline,
            JobMetrics metrics,
            List<TransitionListener> listeners,
            TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.metrics = metrics;
        this.listeners = listeners;
        this.transaction = transaction;
    }

    /**
     * Makes these changes, at most one of each job, in the caller's transaction, or else in one of their own.
     *
     * @return those that were made; the other jobs stand where the change does not lead from: settled meanwhile, or there already
     * @throws org.springframework.dao.DuplicateKeyException if another job has the task; then none was made
     */
    public List<AppliedTransition> apply(List<? extends Transition> transitions) {
        if (transitions.isEmpty()) {
            return List.of();
        }
        return transitions.stream().anyMatch(this::concernsSomebody)
                ? transaction.execute(_ -> write(transitions))
                : write(transitions);
    }

    /**
     * Makes this change, committed when this returns, in one statement with those of other jobs that come at the same time.
     *
     * @return empty if the job stands where it does not lead from
     * @throws org.springframework.dao.DuplicateKeyException if another job has the task; then it was not made
     */
    public Optional<AppliedTransition> apply(Transition transition) {
        return batches.await(transition);
    }

    @Override
    public void destroy() {
        batches.close();
    }

    /** Of several changes of one job, as by a repeated write, each comes in a statement of its own. */
    private List<Optional<AppliedTransition>> applyEach(List<Transition> transitions) {
        var results = new ArrayList<>(Collections.nCopies(transitions.size(), Optional.<AppliedTransition>empty()));
        var rest = IntStream.range(0, transitions.size()).boxed().toList();
        while (!rest.isEmpty()) {
            var firstOf = new LinkedHashMap<String, Integer>();
            rest.forEach(index -> firstOf.putIfAbsent(transitions.get(index).jobId(), index));
            apply(firstOf.values().stream().map(transitions::get).toList())
                    .forEach(one -> results.set(requireNonNull(firstOf.get(one.jobId())), Optional.of(one)));
            rest = rest.stream().filter(index -> !firstOf.containsValue(index)).toList();
        }
        return results;
    }

    private boolean concernsSomebody(Transition transition) {
        return listeners.stream().anyMatch(listener -> listener.concerns(transition));
    }

    private List<AppliedTransition> write(List<? extends Transition> transitions) {
        var changes = transitions.stream().map(StatusChange::of).toList();
        var byJob = changes.stream().collect(toMap(StatusChange::jobId, StatusChange::transition));
        var applied = jdbc.sql(APPLY)
                .params(texts(changes, StatusChange::jobId), texts(changes, StatusChange::attempt))
                .params(texts(changes, StatusChange::from), texts(changes, StatusChange::to))
                .params(texts(changes, task(Task::id)), texts(changes, task(Task::account)))
                .param(texts(changes, task(task -> task.firstPoll().toMillis())))
                .param(texts(changes, task(task -> millis(task.earliestEnd()))))
                .params(texts(changes, StatusChange::progress), texts(changes, StatusChange::endedAt))
                .params(texts(changes, video(VideoResult::url)), texts(changes, video(VideoResult::urlExpiresAt)))
                .param(texts(changes, video(VideoResult::completionTokens)))
                .param(texts(changes, video(VideoResult::totalTokens)))
                .params(texts(changes, error(JobError::code)), texts(changes, error(JobError::message)))
                .param(texts(changes, change -> change.event().at()))
                .param(texts(changes, change -> change.event().kind()))
                .param(texts(changes, change -> timeline.write(change.event())))
                .params(texts(changes, StatusChange::sentTo), ENDS, GIVEN_UP)
                .query((row, _) -> applied(row, byJob))
                .list();
        listeners.forEach(listener -> tell(listener, applied));
        listeners.forEach(listener -> listener.noted(applied));
        applied.forEach(one -> metrics.changed(one.status(), one.app(), one.model()));
        return applied;
    }

    private static void tell(TransitionListener listener, List<AppliedTransition> applied) {
        var concerning = applied.stream()
                .filter(one -> listener.concerns(one.transition()))
                .toList();
        if (!concerning.isEmpty()) {
            listener.applied(concerning);
        }
    }

    private static AppliedTransition applied(ResultSet row, Map<String, Transition> byJob) throws SQLException {
        return new AppliedTransition(
                requireNonNull(byJob.get(row.getString(1))),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                JobStatus.of(row.getString(6)));
    }

    private static Function<StatusChange, @Nullable Object> task(Function<Task, @Nullable Object> field) {
        return change -> change.task() == null ? null : field.apply(change.task());
    }

    private static Function<StatusChange, @Nullable Object> video(Function<VideoResult, @Nullable Object> field) {
        return change -> change.video() == null ? null : field.apply(change.video());
    }

    private static Function<StatusChange, @Nullable Object> error(Function<JobError, Object> field) {
        return change -> change.error() == null ? null : field.apply(change.error());
    }

    private static @Nullable Object millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
