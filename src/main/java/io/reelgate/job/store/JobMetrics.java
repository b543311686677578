package io.reelgate.job.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.job.JobStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@code reelgate.jobs}: jobs that came to an end, by ending, app and model.
 *
 * <p>Apps name themselves and may ask for models freely where {@code *} allows it, so only some names of each get a
 * {@linkplain MetricLabels label} of their own. A metric must not grow with what strangers send.
 */
@Component
public class JobMetrics {

    private final MeterRegistry meters;
    private final MetricLabels apps = new MetricLabels();
    private final MetricLabels models = new MetricLabels();

    public JobMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts a job of this app and model if it has come to an end, once the transaction that ended it has committed. */
    void changed(JobStatus status, String app, String model) {
        if (!status.ended()) {
            return;
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            count(status, app, model);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                count(status, app, model);
            }
        });
    }

    private void count(JobStatus ending, String app, String model) {
        meters.counter("reelgate.jobs", "ending", ending.word(), "app", apps.of(app), "model", models.of(model))
                .increment();
    }
}
