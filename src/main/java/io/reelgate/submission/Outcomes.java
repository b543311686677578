package io.reelgate.submission;

import static java.util.Objects.requireNonNull;

import io.reelgate.admission.AdmissionDecision;
import io.reelgate.job.EventKind;
import io.reelgate.job.FirstPoll;
import io.reelgate.job.Hold;
import io.reelgate.job.HoldReason;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.Trouble;
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
    SettledAttempt record(SentJob job, SubmissionResult result, Duration latency) {
        try {
            return settle(job, result, latency);
        } catch (DuplicateKeyException anotherJobHasIt) {
            var taskId = result.outcome() instanceof Accepted(var id) ? id : "";
            var doubt = new Unconfirmed("The upstream answered with the id of another job, " + taskId);
            return settle(job, new SubmissionResult(doubt, result.upstreamRequestId()), latency);
        }
    }

    /** Has a job wait that was not sent; may be repeated until it does not throw. */
    SubmissionAnswer hold(SentJob job, AdmissionDecision.Wait why) {
        var event = JobEvent.of(EventKind.HELD, clock.instant())
                .with("attempt", job.attempt().number())
                .with("reason", why.reason().word())
                .with("message", why.message());
        var held = new Transition.Held(
                job.attempt(),
                Trouble.of(why.reason()),
                false,
                new JobError(why.reason().code(), why.message()),
                requireNonNull(job.terms()),
                event);
        if (transitions.apply(held).isPresent()) {
            log.info("Job {} waits: {}", job.id(), why);
            return new SubmissionAnswer.Held(waiting(job, held));
        }
        var settled = view(job);
        return settled.status() == JobStatus.HELD
                ? new SubmissionAnswer.Held(settled)
                : new SubmissionAnswer.Pending(settled);
    }

    private static JobView waiting(SentJob job, Transition.Held held) {
        var before = job.job().hold();
        var since = before == null ? held.event().at() : before.since();
        return job.job()
                .held(new Hold(held.trouble().reason(), since, held.terms().until()));
    }

    private SettledAttempt settle(SentJob job, SubmissionResult result, Duration latency) {
        var transition = transition(job, result, latency);
        var applied = transitions.apply(transition).isPresent();
        if (applied) {
            log.info("Job {} {} after {} ms: {}", job.id(), transition.event().kind(), latency.toMillis(), result);
        }
        return switch (result.outcome()) {
            case Accepted(var taskId)
            when applied ->
                // The answer of nearly every job, which needs no further look at the record.
                new SettledAttempt(job.job().accepted(taskId), result.outcome());
            case SubmissionOutcome outcome
            when applied && transition instanceof Transition.Held held ->
                new SettledAttempt(waiting(job, held), outcome);
            case Accepted(var taskId) -> acceptedTooLate(job, taskId, result, latency);
            case SubmissionOutcome outcome -> new SettledAttempt(view(job), outcome);
        };
    }

    private SettledAttempt acceptedTooLate(SentJob job, String taskId, SubmissionResult result, Duration latency) {
        var settled = view(job);
        if (!taskId.equals(settled.upstreamTaskId())) {
            log.warn("Job {} was accepted as {}, but had been settled otherwise; ops can attach it", job.id(), taskId);
            timeline.append(
                    job.id(),
                    event(EventKind.ACCEPTED_TOO_LATE, job, result, latency).with("upstream_task_id", taskId));
        }
        return new SettledAttempt(settled, result.outcome());
    }

    private Transition transition(SentJob job, SubmissionResult result, Duration latency) {
        return switch (result.outcome()) {
            case Accepted(var taskId) ->
                new Transition.Accepted(
                        job.attempt(),
                        taskId,
                        firstPoll.after(job.id(), job.job().model(), job.seconds(), job.size()),
                        firstPoll.earliestEnd(job.id(), job.job().model(), job.seconds(), job.size()),
                        event(EventKind.ACCEPTED, job, result, latency).with("upstream_task_id", taskId));
            case QuotaExhausted exhausted ->
                troubled(
                        job,
                        exhausted.error(),
                        result,
                        latency,
                        new Trouble(HoldReason.BALANCE, noMoney(exhausted.shortfall()), null));
            case Refused(var _, var error) -> rejected(job, error, result, latency, null);
            case Throttled(var error, var retryAfter) ->
                troubled(job, error, result, latency, new Trouble(HoldReason.THROTTLED, null, retryAfter));
            case KeyRefused(var error) -> troubled(job, error, result, latency, Trouble.of(HoldReason.KEY));
            case Misrouted(var error) -> troubled(job, error, result, latency, Trouble.of(HoldReason.ADDRESS));
            case NotSent(var reason, var ours) -> unavailable(job, reason, ours, result, latency);
            case Unconfirmed(var reason) ->
                new Transition.Unconfirmed(
                        job.attempt(),
                        new JobError("outcome_unknown", reason),
                        event(EventKind.UNCONFIRMED, job, result, latency).with("message", reason));
        };
    }

    private Transition troubled(
            SentJob job, UpstreamError error, SubmissionResult result, Duration latency, Trouble trouble) {
        return mayWait(job)
                ? held(job, trouble, true, result, refusal(EventKind.HELD, job, error, result, latency))
                : rejected(job, error, result, latency, trouble);
    }

    private Transition rejected(
            SentJob job, UpstreamError error, SubmissionResult result, Duration latency, @Nullable Trouble trouble) {
        var event = refusal(EventKind.REJECTED, job, error, result, latency);
        return new Transition.Rejected(job.attempt(), error(result), trouble, event);
    }

    private Transition unavailable(
            SentJob job, String reason, boolean ours, SubmissionResult result, Duration latency) {
        var trouble = Trouble.of(HoldReason.UNREACHABLE);
        var event = event(mayWait(job) ? EventKind.HELD : EventKind.UNAVAILABLE, job, result, latency)
                .with("message", reason);
        return mayWait(job)
                ? held(job, trouble, !ours, result, event)
                : new Transition.Unavailable(job.attempt(), error(result), ours ? null : trouble, event);
    }

    private static Transition held(
            SentJob job, Trouble trouble, boolean closes, SubmissionResult result, JobEvent event) {
        return new Transition.Held(
                job.attempt(),
                trouble,
                closes,
                error(result),
                requireNonNull(job.terms()),
                event.with("reason", trouble.reason().word()));
    }

    private JobEvent refusal(
            EventKind kind, SentJob job, UpstreamError error, SubmissionResult result, Duration latency) {
        return event(kind, job, result, latency)
                .with("http_status", error.status())
                .with("code", error.code())
                .with("message", error.message());
    }

    private boolean mayWait(SentJob job) {
        var terms = job.terms();
        return terms != null && terms.until().isAfter(clock.instant());
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

    private JobView view(SentJob job) {
        return jobs.find(job.id())
                .orElseThrow(() -> new DataRetrievalFailureException("Job " + job.id() + " could not be read"));
    }

    private JobEvent event(EventKind kind, SentJob job, SubmissionResult result, Duration latency) {
        return JobEvent.of(kind, clock.instant())
                .with("attempt", job.attempt().number())
                .with("account", accounts.name())
                .with("latency_ms", latency.toMillis())
                .with("upstream_request_id", result.upstreamRequestId());
    }
}
