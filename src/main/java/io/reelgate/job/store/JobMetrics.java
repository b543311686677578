package io.reelgate.job.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.job.JobStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@code reelgate.jobs}: jobs that came to an end, by ending, app and model.
 *
 * <p>Apps name themselves and may ask for models freely where {@code *} allows it, so only the first {@value #MOST} names
 * of each get a label of their own; the rest are {@code other}. A metric must not grow with what strangers send.
 */
@Component
public class JobMetrics {

    private static final int MOST = 50;

    private final MeterRegistry meters;
    private final Set<String> apps = ConcurrentHashMap.newKeySet();
    private final Set<String> models = ConcurrentHashMap.newKeySet();

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
        meters.counter("reelgate.jobs", "ending", ending.word(), "app", label(apps, app), "model", label(models, model))
                .increment();
    }

    private static String label(Set<String> known, String name) {
        return known.contains(name) || known.size() < MOST && known.add(name) ? name : "other";
    }
}
