package io.reelgate.submission;

import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.EventKind;
import io.reelgate.job.FirstPoll;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobMetrics;
import io.reelgate.job.store.JobRepository;
import io.reelgate.job.store.JobStore;
import io.reelgate.job.store.Timeline;
import io.reelgate.job.store.VideoJob;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Puts what a submission came to on record: after it, the job says what happened. */
@Component
class Outcomes {

    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

    private final JobStore ledger;
    private final JobRepository jobs;
    private final JobQueries history;
    private final Timeline timeline;
    private final FirstPoll firstPoll;
    private final QuotaIncidents quota;
    private final IdempotencyKeys keys;
    private final TransactionOperations transaction;
    private final JobMetrics metrics;
    private final Clock clock;

    Outcomes(
            JobStore ledger,
            JobRepository jobs,
            JobQueries history,
            Timeline timeline,
            FirstPoll firstPoll,
            QuotaIncidents quota,
            IdempotencyKeys keys,
            TransactionOperations transaction,
            JobMetrics metrics,
            Clock clock) {
        this.ledger = ledger;
        this.jobs = jobs;
        this.history = history;
        this.timeline = timeline;
        this.firstPoll = firstPoll;
        this.quota = quota;
        this.keys = keys;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Records the outcome; may be repeated until it does not throw, since a job settles once. */
    SubmissionAnswer.Settled record(NewJob job, SubmissionResult result, Duration latency) {
        return switch (result.outcome()) {
            case Accepted(var taskId) -> accept(job, taskId, result.upstreamRequestId(), latency);
            case QuotaExhausted(var error) -> reject(job, result, error, "insufficient_quota", latency);
            case Refused(var _, var error) -> reject(job, result, error, codeOf(error), latency);
            case Throttled(var error, var _) -> reject(job, result, error, "rate_limited", latency);
            case KeyRefused(var error) -> reject(job, result, error, "upstream_key_refused", latency);
            case Misrouted(var error) -> reject(job, result, error, "upstream_misconfigured", latency);
            case NotSent(var reason) -> {
                var event = event(EventKind.UNAVAILABLE, result.upstreamRequestId(), latency)
                        .with("message", reason);
                yield settle(job, result.outcome(), event, new JobError("upstream_unavailable", reason));
            }
            case Unconfirmed(var reason) -> doubt(job, reason, result.upstreamRequestId(), latency);
        };
    }

    private SubmissionAnswer.Settled accept(
            NewJob job, String taskId, @Nullable String upstreamRequestId, Duration latency) {
        var delay = firstPoll.after(job.id(), job.model(), job.seconds(), job.size());
        var earliest = firstPoll.earliestEnd(job.id(), job.model(), job.seconds(), job.size());
        try {
            if (ledger.accept(job.id(), taskId, upstreamRequestId, clock.instant(), latency, delay, earliest)) {
                log.info("Job {} accepted as {} after {} ms", job.id(), taskId, latency.toMillis());
                return new SubmissionAnswer.Settled(JobView.fresh(job, JobStatus.QUEUED, taskId), new Accepted(taskId));
            }
        } catch (DuplicateKeyException e) {
            var reason = "The upstream answered with the id of another job, " + taskId;
            return doubt(job, reason, upstreamRequestId, latency);
        }
        var settled = view(job);
        if (!taskId.equals(settled.upstreamTaskId())) {
            log.warn("Job {} was accepted as {}, but had been settled otherwise; ops can attach it", job.id(), taskId);
            timeline.append(
                    job.id(),
                    event(EventKind.ACCEPTED_TOO_LATE, upstreamRequestId, latency)
                            .with("upstream_task_id", taskId));
        }
        return new SubmissionAnswer.Settled(settled, new Accepted(taskId));
    }

    private SubmissionAnswer.Settled reject(
            NewJob job, SubmissionResult result, UpstreamError error, String code, Duration latency) {
        var event = event(EventKind.REJECTED, result.upstreamRequestId(), latency)
                .with("http_status", error.status())
                .with("code", error.code())
                .with("message", error.message());
        return settle(job, result.outcome(), event, new JobError(code, error.message()));
    }

    private SubmissionAnswer.Settled doubt(
            NewJob job, String reason, @Nullable String upstreamRequestId, Duration latency) {
        var event = event(EventKind.UNCONFIRMED, upstreamRequestId, latency).with("message", reason);
        return settle(job, new Unconfirmed(reason), event, new JobError("outcome_unknown", reason));
    }

    private SubmissionAnswer.Settled settle(NewJob job, SubmissionOutcome outcome, JobEvent event, JobError error) {
        var changed = transaction.execute(_ -> {
            // Hibernate takes some failures of a locking read for "not there"; the intent is, so this must be tried
            // again.
            var recorded = jobs.findById(job.id())
                    .orElseThrow(() -> new DataRetrievalFailureException("Job " + job.id() + " could not be read"));
            if (!change(recorded, outcome, error)) {
                return false;
            }
            timeline.append(job.id(), event);
            return true;
        });
        if (changed) {
            log.info("Job {} {}: {} ({})", job.id(), event.kind(), error.message(), error.code());
        }
        return new SubmissionAnswer.Settled(view(job), outcome);
    }

    /** False if this outcome changes nothing: it was recorded before, by a write that seemed to have failed. */
    private boolean change(VideoJob job, SubmissionOutcome outcome, JobError error) {
        var now = clock.instant();
        var doubtful = outcome instanceof Unconfirmed;
        if (job.status() == JobStatus.UNCONFIRMED && doubtful) {
            return job.unconfirmedLate(error);
        } else if (job.status() == JobStatus.UNCONFIRMED) {
            // The answer came after the job had been given up as unknown: now it is known that nothing was bought.
            job.refusedLate(error, incident(job, outcome, error, now), now);
        } else if (job.status() == JobStatus.SUBMITTING && doubtful) {
            job.unconfirmed(error);
            return true;
        } else if (job.status() == JobStatus.SUBMITTING) {
            refuse(job, outcome, error, now);
        } else {
            return false;
        }
        keys.free(job.id());
        metrics.changed(job);
        return true;
    }

    private void refuse(VideoJob job, SubmissionOutcome outcome, JobError error, Instant now) {
        if (outcome instanceof NotSent) {
            job.unavailable(error, now);
        } else {
            job.rejected(error, incident(job, outcome, error, now), now);
        }
    }

    private @Nullable Long incident(VideoJob job, SubmissionOutcome outcome, JobError error, Instant now) {
        if (!(outcome instanceof QuotaExhausted exhausted)) {
            return null;
        }
        var shortfall = exhausted.shortfall();
        return quota.refused(
                job.model(),
                error.message(),
                shortfall == null ? null : shortfall.remaining(),
                shortfall == null ? null : shortfall.required(),
                now);
    }

    private JobView view(NewJob job) {
        return history.find(job.id()).orElseThrow();
    }

    private JobEvent event(EventKind kind, @Nullable String upstreamRequestId, Duration latency) {
        return JobEvent.of(kind, clock.instant())
                .with("latency_ms", latency.toMillis())
                .with("upstream_request_id", upstreamRequestId);
    }

    private static String codeOf(UpstreamError error) {
        return Objects.requireNonNullElse(error.code(), "upstream_refused");
    }
}
