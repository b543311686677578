package io.reelgate.billing.charge;

import io.reelgate.billing.Prices;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.store.Timeline;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Lets ops say what a job that has ended came to: the difference is booked, and stands on its timeline with who said it. */
@Component
public class Corrections {

    // No statement but that of the transitions changes a status: this one changes none.
    private static final String CORRECT = """
            update video_job set corrected_amount = ?, price_currency = coalesce(price_currency, ?),
              estimated_tokens = coalesce(estimated_tokens, completion_tokens, total_tokens, 0)
            where id = ?
            """;

    private final ChargeTable charges;
    private final SpendMetrics metrics;
    private final Timeline timeline;
    private final Prices prices;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    public Corrections(
            ChargeTable charges,
            SpendMetrics metrics,
            Timeline timeline,
            Prices prices,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.charges = charges;
        this.metrics = metrics;
        this.timeline = timeline;
        this.prices = prices;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Says what this job came to.
     *
     * @return false if it has not ended, so that nothing is known yet; then nothing was changed
     */
    public boolean correct(String jobId, BigDecimal amount, @Nullable String note, String by) {
        return transaction.execute(_ -> {
            var ended = jdbc.sql("select status from video_job where id = ? for update")
                    .param(jobId)
                    .query((row, _) -> JobStatus.of(row.getString(1)).ended())
                    .optional()
                    .orElse(false);
            if (ended) {
                jdbc.sql(CORRECT).params(amount, prices.currency(), jobId).update();
                metrics.count(charges.book(List.of(jobId), new ChargeTable.Why(note, by)));
                timeline.append(
                        jobId,
                        JobEvent.of(EventKind.CHARGE_CORRECTED, clock.instant())
                                .with("by", by)
                                .with("amount", amount.toPlainString())
                                .with("note", note));
            }
            return ended;
        });
    }
}
