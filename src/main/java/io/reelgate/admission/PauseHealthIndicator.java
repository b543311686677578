package io.reelgate.admission;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Tells in health whether submissions are paused; a paused gateway is up, since that is what ops want of it. */
@Component
public class PauseHealthIndicator extends AbstractHealthIndicator {

    private final SubmissionGate gate;

    PauseHealthIndicator(SubmissionGate gate) {
        super("Cannot read whether submissions are paused");
        this.gate = gate;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var state = gate.state();
        health.up().withDetail("paused", state.paused());
        if (state.note() != null) {
            health.withDetail("note", state.note());
        }
        if (state.changedAt() != null) {
            health.withDetail("since", state.changedAt().toString())
                    .withDetail("by", String.valueOf(state.changedBy()));
        }
    }
}
