package io.reelgate.billing.charge;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.billing.charge.ChargeTable.Booked;
import io.reelgate.job.store.MetricLabels;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@code reelgate.spend}: what was charged, by app and model, in the currency of the prices. A counter only goes up: what is taken
 * back later stays in it, and what may be spent is not in it before it is known.
 */
@Component
public class SpendMetrics {

    private final MeterRegistry meters;
    private final MetricLabels apps = new MetricLabels();
    private final MetricLabels models = new MetricLabels();

    public SpendMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts these once the transaction that books them has committed. */
    void count(List<Booked> booked) {
        var spent =
                booked.stream().filter(one -> one.sums().amount().signum() > 0).toList();
        if (spent.isEmpty()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                spent.forEach(SpendMetrics.this::count);
            }
        });
    }

    private void count(Booked one) {
        var job = one.job();
        meters.counter("reelgate.spend", "app", apps.of(job.app()), "model", models.of(job.model()))
                .increment(one.sums().amount().doubleValue());
    }
}
