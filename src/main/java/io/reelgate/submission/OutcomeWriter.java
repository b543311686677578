package io.reelgate.submission;

import io.reelgate.job.NewJob;
import io.reelgate.lease.RetryPolicy;
import io.reelgate.upstream.SubmissionResult;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes an outcome, again and again with growing pauses while the database is away: what was bought must get on record.
 *
 * <p>It ends only with success or with the process. In the latter case the job is still {@code submitting}, becomes
 * unconfirmed by itself, and the upstream's id stands in the log.
 */
@Component
class OutcomeWriter {

    private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);

    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final Outcomes outcomes;

    OutcomeWriter(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    SettledAttempt write(NewJob job, SubmissionResult result, Duration latency) {
        try {
            return outcomes.record(job, result, latency);
        } catch (DataAccessException | TransactionException e) {
            log.error("Job {}: NOT YET ON RECORD, will be tried again: {} ({})", job.id(), result, e.getMessage());
            return writeAgain(job, result, latency);
        }
    }

    /** No {@code RetryTemplate}: it keeps every failure until the last try, and an outage has thousands. */
    private SettledAttempt writeAgain(NewJob job, SubmissionResult result, Duration latency) {
        for (int failures = 1; ; failures++) {
            sleep(RETRIES.after(failures), job, result);
            try {
                var settled = outcomes.record(job, result, latency);
                log.info("Job {}: now on record: {}", job.id(), result);
                return settled;
            } catch (DataAccessException | TransactionException e) {
                log.warn("Job {}: still not on record: {} ({})", job.id(), result, e.getMessage());
            }
        }
    }

    private static void sleep(Duration pause, NewJob job, SubmissionResult result) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Job " + job.id() + ": not on record: " + result, e);
        }
    }
}
