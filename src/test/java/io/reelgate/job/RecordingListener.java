package io.reelgate.job;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told, and fails if a test wants it to. */
public final class RecordingListener implements TransitionListener {

    public final List<AppliedTransition> told = new ArrayList<>();
    public boolean concerned;
    public boolean failing;

    @Override
    public boolean concerns(Transition transition) {
        return concerned && transition instanceof Transition.Succeeded;
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        if (failing) {
            throw new IllegalStateException("What follows cannot be put on record");
        }
        told.addAll(transitions);
    }
}
