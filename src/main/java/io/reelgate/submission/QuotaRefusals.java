package io.reelgate.submission;

import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.AppliedTransition;
import io.reelgate.job.JobError;
import io.reelgate.job.Transition;
import io.reelgate.job.Transition.Held;
import io.reelgate.job.Transition.NoMoney;
import io.reelgate.job.Transition.Rejected;
import io.reelgate.job.TransitionListener;
import io.reelgate.job.store.JobStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        return noMoney(transition) != null;
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        for (var applied : transitions) {
            switch (applied.transition()) {
                case Rejected rejected ->
                    jobs.countIn(incident(applied, noMoney(rejected), rejected.error()), applied.jobId());
                // It was not refused for good, so it is none of the jobs that the incident cost.
                case Held held -> incident(applied, noMoney(held), held.error());
                default -> throw new IllegalStateException("No refusal: " + applied);
            }
        }
    }

    private long incident(AppliedTransition applied, @Nullable NoMoney sums, JobError error) {
        return incidents.refused(
                applied.model(),
                error.message(),
                sums == null ? null : sums.remaining(),
                sums == null ? null : sums.required(),
                applied.transition().event().at());
    }

    private static @Nullable NoMoney noMoney(Transition transition) {
        return switch (transition) {
            case Rejected rejected
            when rejected.trouble() != null -> rejected.trouble().noMoney();
            case Held held -> held.trouble().noMoney();
            default -> null;
        };
    }
}
