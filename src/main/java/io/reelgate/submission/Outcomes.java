package io.reelgate.submission;

import io.reelgate.job.EventKind;
import io.reelgate.job.FirstPoll;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.Transition;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.Timeline;
import io.reelgate.upstream.Shortfall;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Throttled;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import io.reelgate.upstream.SubmissionResult;
import io.reelgate.upstream.UpstreamError;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Puts what an attempt came to on record: after it, the job says what happened. */
@Component
class Outcomes {

    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

    private final JobTransitions transitions;
    private final JobQueries jobs;
    private final Timeline timeline;
    private final FirstPoll firstPoll;
    private final Accounts accounts;
    private final Clock clock;

    Outcomes(
            JobTransitions transitions,
            JobQueries jobs,
            Timeline timeline,
            FirstPoll firstPoll,
            Accounts accounts,
            Clock clock) {
        this.transitions = transitions;
        this.jobs = jobs;
        this.timeline = timeline;
        this.firstPoll = firstPoll;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Records the outcome; may be repeated until it does not throw, since an attempt is settled once. */
    SettledAttempt record(NewJob job, SubmissionResult result, Duration latency) {
        try {
            return settle(job, result, latency);
        } catch (DuplicateKeyException anotherJobHasIt) {
            var taskId = result.outcome() instanceof Accepted(var id) ? id : "";
            var doubt = new Unconfirmed("The upstream answered with the id of another job, " + taskId);
            return settle(job, new SubmissionResult(doubt, result.upstreamRequestId()), latency);
        }
    }

    private SettledAttempt settle(NewJob job, SubmissionResult result, Duration latency) {
        var transition = transition(job, result, latency);
        var applied = transitions.apply(transition).isPresent();
        if (applied) {
            log.info("Job {} {} after {} ms: {}", job.id(), transition.event().kind(), latency.toMillis(), result);
        }
        return switch (result.outcome()) {
            case Accepted(var taskId)
            when applied ->
                // The answer of nearly every job, which needs no further look at the record.
                new SettledAttempt(JobView.fresh(job, JobStatus.QUEUED, taskId), result.outcome());
            case Accepted(var taskId) -> acceptedTooLate(job, taskId, result, latency);
            case SubmissionOutcome outcome -> new SettledAttempt(view(job), outcome);
        };
    }

    private SettledAttempt acceptedTooLate(NewJob job, String taskId, SubmissionResult result, Duration latency) {
        var settled = view(job);
        if (!taskId.equals(settled.upstreamTaskId())) {
            log.warn("Job {} was accepted as {}, but had been settled otherwise; ops can attach it", job.id(), taskId);
            timeline.append(
                    job.id(),
                    event(EventKind.ACCEPTED_TOO_LATE, job, result, latency).with("upstream_task_id", taskId));
        }
        return new SettledAttempt(settled, result.outcome());
    }

    private Transition transition(NewJob job, SubmissionResult result, Duration latency) {
        return switch (result.outcome()) {
            case Accepted(var taskId) ->
                new Transition.Accepted(
                        job.attempt(),
                        taskId,
                        firstPoll.after(job.id(), job.model(), job.seconds(), job.size()),
                        firstPoll.earliestEnd(job.id(), job.model(), job.seconds(), job.size()),
                        event(EventKind.ACCEPTED, job, result, latency).with("upstream_task_id", taskId));
            case QuotaExhausted exhausted ->
                rejected(job, exhausted.error(), result, latency, noMoney(exhausted.shortfall()));
            case Refused(var _, var error) -> rejected(job, error, result, latency, null);
            case Throttled(var error, var _) -> rejected(job, error, result, latency, null);
            case KeyRefused(var error) -> rejected(job, error, result, latency, null);
            case Misrouted(var error) -> rejected(job, error, result, latency, null);
            case NotSent(var reason) ->
                new Transition.Unavailable(
                        job.attempt(),
                        error(result),
                        event(EventKind.UNAVAILABLE, job, result, latency).with("message", reason));
            case Unconfirmed(var reason) ->
                new Transition.Unconfirmed(
                        job.attempt(),
                        new JobError("outcome_unknown", reason),
                        event(EventKind.UNCONFIRMED, job, result, latency).with("message", reason));
        };
    }

    private Transition rejected(
            NewJob job,
            UpstreamError error,
            SubmissionResult result,
            Duration latency,
            Transition.@Nullable NoMoney noMoney) {
        var event = event(EventKind.REJECTED, job, result, latency)
                .with("http_status", error.status())
                .with("code", error.code())
                .with("message", error.message());
        return new Transition.Rejected(job.attempt(), error(result), noMoney, event);
    }

    private static JobError error(SubmissionResult result) {
        var failure = Failure.of(result.outcome()).orElseThrow();
        return new JobError(failure.code(), failure.message());
    }

    private static Transition.NoMoney noMoney(@Nullable Shortfall shortfall) {
        return shortfall == null
                ? new Transition.NoMoney(null, null)
                : new Transition.NoMoney(shortfall.remaining(), shortfall.required());
    }

    private JobView view(NewJob job) {
        return jobs.find(job.id())
                .orElseThrow(() -> new DataRetrievalFailureException("Job " + job.id() + " could not be read"));
    }

    private JobEvent event(EventKind kind, NewJob job, SubmissionResult result, Duration latency) {
        return JobEvent.of(kind, clock.instant())
                .with("attempt", job.attempt().number())
                .with("account", accounts.name())
                .with("latency_ms", latency.toMillis())
                .with("upstream_request_id", result.upstreamRequestId());
    }
}
