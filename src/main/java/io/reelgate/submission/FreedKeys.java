package io.reelgate.submission;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.util.List;
import org.springframework.stereotype.Component;

/** Frees the idempotency keys of jobs that bought nothing, so that a repeat is a new job. */
@Component
class FreedKeys implements TransitionListener {

    private final IdempotencyKeys keys;

    FreedKeys(IdempotencyKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean concerns(Transition transition) {
        return switch (transition) {
            case Transition.Rejected _, Transition.Unavailable _, Transition.Lost _ -> true;
            case Transition.Accepted _,
                    Transition.Unconfirmed _,
                    Transition.GivenUp _,
                    Transition.Started _,
                    Transition.Succeeded _,
                    Transition.Failed _,
                    Transition.Expired _,
                    Transition.Attached _,
                    Transition.Reopened _ -> false;
        };
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        keys.free(transitions.stream().map(AppliedTransition::jobId).toList());
    }
}
