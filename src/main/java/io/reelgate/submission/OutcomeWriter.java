package io.reelgate.submission;

import io.reelgate.job.NewJob;
import io.reelgate.upstream.SubmissionOutcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
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

    private static final RetryPolicy UNTIL_WRITTEN = RetryPolicy.builder()
            .includes(DataAccessException.class, TransactionException.class)
            .maxRetries(Long.MAX_VALUE)
            .delay(Duration.ofMillis(100))
            .multiplier(2)
            .maxDelay(Duration.ofSeconds(5))
            .build();

    private final Outcomes outcomes;

    OutcomeWriter(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    SubmissionAnswer.Settled write(NewJob job, SubmissionOutcome outcome, Duration latency) {
        try {
            return outcomes.record(job, outcome, latency);
        } catch (DataAccessException | TransactionException e) {
            log.error("Job {}: NOT YET ON RECORD, will be tried again: {} ({})", job.id(), outcome, e.getMessage());
            return writeAgain(job, outcome, latency);
        }
    }

    private SubmissionAnswer.Settled writeAgain(NewJob job, SubmissionOutcome outcome, Duration latency) {
        var retry = new RetryTemplate(UNTIL_WRITTEN);
        retry.setRetryListener(new RetryListener() {
            @Override
            public void onRetryFailure(RetryPolicy policy, Retryable<?> retryable, Throwable e) {
                log.warn("Job {}: still not on record: {} ({})", job.id(), outcome, e.getMessage());
            }
        });
        try {
            var settled = retry.<SubmissionAnswer.Settled>execute(() -> outcomes.record(job, outcome, latency));
            log.info("Job {}: now on record: {}", job.id(), outcome);
            return settled;
        } catch (RetryException e) {
            throw new IllegalStateException("Job " + job.id() + ": not on record: " + outcome, e.getCause());
        }
    }
}
