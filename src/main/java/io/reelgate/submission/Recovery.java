package io.reelgate.submission;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.store.JobMetrics;
import io.reelgate.job.store.JobRepository;
import io.reelgate.job.store.Timeline;
import io.reelgate.job.store.VideoJob;
import io.reelgate.upstream.UpstreamClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
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

    private final JobRepository jobs;
    private final Timeline timeline;
    private final IdempotencyKeys keys;
    private final TransactionOperations transaction;
    private final JobMetrics metrics;
    private final Clock clock;
    private final Duration longestCall;
    private final Duration unconfirmedTtl;

    Recovery(
            JobRepository jobs,
            Timeline timeline,
            IdempotencyKeys keys,
            TransactionOperations transaction,
            JobMetrics metrics,
            Clock clock,
            UpstreamClient upstream,
            SubmissionProperties properties) {
        this.jobs = jobs;
        this.timeline = timeline;
        this.keys = keys;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        this.longestCall = upstream.longestCall().plus(properties.recoveryMargin());
        this.unconfirmedTtl = properties.unconfirmedTtl();
    }

    @Scheduled(fixedDelayString = "5s", initialDelayString = "1s")
    void sweepIfTheDatabaseIsThere() {
        try {
            sweep();
        } catch (DataAccessException | TransactionException e) {
            log.debug("Recovery put off: {}", e.toString());
        }
    }

    /** One pass; returns how many jobs it settled. */
    int sweep() {
        int stopped = settle(
                JobStatus.SUBMITTING,
                longestCall,
                EventKind.UNCONFIRMED,
                GATEWAY_STOPPED,
                job -> job.unconfirmed(GATEWAY_STOPPED));
        int leftAlone = settle(
                JobStatus.UNCONFIRMED,
                unconfirmedTtl,
                EventKind.FAILED,
                LEFT_ALONE,
                job -> job.failed(LEFT_ALONE, clock.instant()));
        keys.forgetExpired(clock.instant());
        return stopped + leftAlone;
    }

    private int settle(JobStatus status, Duration age, EventKind kind, JobError why, Consumer<VideoJob> change) {
        var instant = clock.instant().minus(age);
        int settled = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> {
                var stale = jobs.findStale(status.word(), JobId.floor(instant), instant, BATCH);
                stale.forEach(change);
                stale.forEach(metrics::changed);
                var event = JobEvent.of(kind, clock.instant())
                        .with("code", why.code())
                        .with("message", why.message());
                timeline.append(stale.stream()
                        .map(job -> new Timeline.Entry(job.id(), event))
                        .toList());
                stale.forEach(job -> log.warn("Job {} {}: {}", job.id(), kind.word(), why.message()));
                return stale.size();
            });
            settled += batch;
        } while (batch == BATCH);
        return settled;
    }
}
