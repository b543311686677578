package io.reelgate.submission;

import io.reelgate.job.Attempt;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.StaleJobs;
import io.reelgate.upstream.UpstreamClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Settles what nobody else will: jobs whose replica died in the middle of the call, unconfirmed jobs that ops left alone,
 * and idempotency keys past their time. Any replica does it for all of them.
 */
@Component
class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private static final int BATCH = 500;

    private static final JobError GATEWAY_STOPPED = new JobError(
            "outcome_unknown", "The gateway stopped, or lost its database, before the upstream's answer was recorded");
    private static final JobError LEFT_ALONE =
            new JobError("submission_unconfirmed", "Whether the upstream took it was never found out");

    private final StaleJobs stale;
    private final JobTransitions transitions;
    private final IdempotencyKeys keys;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Duration longestCall;
    private final Duration unconfirmedTtl;

    Recovery(
            StaleJobs stale,
            JobTransitions transitions,
            IdempotencyKeys keys,
            TransactionOperations transaction,
            Clock clock,
            UpstreamClient upstream,
            SubmissionProperties properties) {
        this.stale = stale;
        this.transitions = transitions;
        this.keys = keys;
        this.transaction = transaction;
        this.clock = clock;
        this.longestCall = upstream.longestCall().plus(properties.recoveryMargin());
        this.unconfirmedTtl = properties.unconfirmedTtl();
    }

    /** One pass; returns how many jobs it settled. */
    @Scheduled(fixedDelayString = "5s", initialDelayString = "1s")
    int sweep() {
        int stopped = settle(
                JobStatus.SUBMITTING,
                longestCall,
                attempt -> new Transition.Unconfirmed(
                        attempt, GATEWAY_STOPPED, event(EventKind.UNCONFIRMED, attempt, GATEWAY_STOPPED)));
        int leftAlone = settle(
                JobStatus.UNCONFIRMED,
                unconfirmedTtl,
                attempt -> new Transition.GivenUp(attempt, LEFT_ALONE, event(EventKind.FAILED, attempt, LEFT_ALONE)));
        keys.forgetExpired(clock.instant());
        return stopped + leftAlone;
    }

    private int settle(JobStatus status, Duration age, Function<Attempt, Transition> change) {
        var instant = clock.instant().minus(age);
        int settled = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> {
                var changes =
                        stale.lock(status, instant, BATCH).stream().map(change).toList();
                var applied = transitions.apply(changes);
                applied.forEach(one -> log.warn(
                        "Job {} {}: {}",
                        one.jobId(),
                        one.status().word(),
                        one.transition().event().detail().get("message")));
                return applied.size();
            });
            settled += batch;
        } while (batch == BATCH);
        return settled;
    }

    private JobEvent event(EventKind kind, Attempt attempt, JobError why) {
        return JobEvent.of(kind, clock.instant())
                .with("attempt", attempt.number())
                .with("code", why.code())
                .with("message", why.message());
    }
}
