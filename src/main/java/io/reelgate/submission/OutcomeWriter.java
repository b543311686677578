package io.reelgate.submission;

import io.reelgate.admission.AdmissionDecision;
import io.reelgate.lease.RetryPolicy;
import io.reelgate.upstream.SubmissionResult;
import java.time.Duration;
import java.util.function.Supplier;
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

    SettledAttempt write(SentJob job, SubmissionResult result, Duration latency) {
        return write(job, result, () -> outcomes.record(job, result, latency));
    }

    /** Has a job wait that is on record and was not sent. */
    SubmissionAnswer hold(SentJob job, AdmissionDecision.Wait why) {
        return write(job, why, () -> outcomes.hold(job, why));
    }

    private static <T> T write(SentJob job, Object what, Supplier<T> write) {
        try {
            return write.get();
        } catch (DataAccessException | TransactionException e) {
            log.error("Job {}: NOT YET ON RECORD, will be tried again: {} ({})", job.id(), what, e.getMessage());
            return writeAgain(job, what, write);
        }
    }

    /** No {@code RetryTemplate}: it keeps every failure until the last try, and an outage has thousands. */
    private static <T> T writeAgain(SentJob job, Object what, Supplier<T> write) {
        for (int failures = 1; ; failures++) {
            sleep(RETRIES.after(failures), job, what);
            try {
                var written = write.get();
                log.info("Job {}: now on record: {}", job.id(), what);
                return written;
            } catch (DataAccessException | TransactionException e) {
                log.warn("Job {}: still not on record: {} ({})", job.id(), what, e.getMessage());
            }
        }
    }

    private static void sleep(Duration pause, SentJob job, Object what) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Job " + job.id() + ": not on record: " + what, e);
        }
    }
}
