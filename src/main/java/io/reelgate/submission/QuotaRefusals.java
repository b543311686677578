package io.reelgate.submission;

import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Transition;
import io.reelgate.job.Transition.NoMoney;
import io.reelgate.job.Transition.Rejected;
import io.reelgate.job.TransitionListener;
import io.reelgate.job.store.JobStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** Counts refusals for want of money in the incident of their model. */
@Component
class QuotaRefusals implements TransitionListener {

    private final QuotaIncidents incidents;
    private final JobStore jobs;

    QuotaRefusals(QuotaIncidents incidents, JobStore jobs) {
        this.incidents = incidents;
        this.jobs = jobs;
    }

    @Override
    public boolean concerns(Transition transition) {
        return transition instanceof Rejected rejected && rejected.noMoney() != null;
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        for (var applied : transitions) {
            if (applied.transition() instanceof Rejected rejected && rejected.noMoney() instanceof NoMoney sums) {
                var incident = incidents.refused(
                        applied.model(),
                        rejected.error().message(),
                        sums.remaining(),
                        sums.required(),
                        rejected.event().at());
                jobs.countIn(incident, applied.jobId());
            }
        }
    }
}
