package io.reelgate.billing.charge;

import io.reelgate.billing.Standing;
import io.reelgate.job.AppliedTransition;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Books what a job came to in the transaction that ends it, and takes it back in the one that has it followed again: then it
 * counts by its estimate, as any job in flight.
 */
@Component
public class Charges implements TransitionListener {

    private final ChargeTable charges;
    private final SpendMetrics metrics;
    private final JdbcClient jdbc;

    public Charges(ChargeTable charges, SpendMetrics metrics, JdbcClient jdbc) {
        this.charges = charges;
        this.metrics = metrics;
        this.jdbc = jdbc;
    }

    /** What leads from a status that has cost nothing yet to another one costs nothing, and pays for nothing here. */
    @Override
    public boolean concerns(Transition transition) {
        return switch (transition) {
            case Transition.Succeeded _,
                    Transition.Expired _,
                    Transition.GivenUp _,
                    Transition.Attached _,
                    Transition.Reopened _ -> true;
            case Transition.Failed failed ->
                Standing.of(JobStatus.FAILED, failed.error().code(), null) != Standing.NOTHING;
            case Transition.Accepted _,
                    Transition.Rejected _,
                    Transition.Unavailable _,
                    Transition.Unconfirmed _,
                    Transition.Lost _,
                    Transition.Held _,
                    Transition.Sent _,
                    Transition.WaitedTooLong _,
                    Transition.Cancelled _,
                    Transition.Started _ -> false;
        };
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        var followed = ids(transitions.stream()
                .filter(one -> one.status() == JobStatus.QUEUED)
                .toList());
        if (!followed.isEmpty()) {
            // What ops said of it was about the end that it no longer has.
            jdbc.sql("update video_job set corrected_amount = null where id = any (?) and corrected_amount is not null")
                    .param(followed.toArray(String[]::new))
                    .update();
        }
        metrics.count(charges.book(ids(transitions), null));
    }

    private static List<String> ids(List<AppliedTransition> transitions) {
        return transitions.stream().map(AppliedTransition::jobId).toList();
    }
}
