package io.reelgate.delivery;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes who waits for a job as soon as its end is committed here; of what other replicas record the next look tells. */
@Component
class OwnChanges implements TransitionListener {

    private final JobWatch watch;

    OwnChanges(JobWatch watch) {
        this.watch = watch;
    }

    @Override
    public boolean concerns(Transition transition) {
        return !watch.isIdle() && transition.steps().values().stream().anyMatch(status -> status.ended());
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        var ids = transitions.stream().map(AppliedTransition::jobId).toList();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            watch.changed(
                    ids); // somebody began to wait since the statement was sent, which had no transaction of its own
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                watch.changed(ids);
            }
        });
    }
}
