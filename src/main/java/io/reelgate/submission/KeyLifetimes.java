package io.reelgate.submission;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * How long a job's idempotency key is remembered: however long the job waits, then some time from when it was sent; and no more once
 * it bought nothing, so that a repeat is a new job.
 */
@Component
class KeyLifetimes implements TransitionListener {

    private final IdempotencyKeys keys;
    private final Clock clock;
    private final Duration retention;

    KeyLifetimes(IdempotencyKeys keys, Clock clock, SubmissionProperties properties) {
        this.keys = keys;
        this.clock = clock;
        this.retention = properties.idempotencyRetention();
    }

    @Override
    public boolean concerns(Transition transition) {
        return switch (transition) {
            case Transition.Rejected _,
                    Transition.Unavailable _,
                    Transition.Lost _,
                    Transition.WaitedTooLong _,
                    Transition.Cancelled _,
                    Transition.Held _,
                    Transition.Sent _ -> true;
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
        var waiting = jobs(transitions, JobStatus.HELD);
        if (!waiting.isEmpty()) {
            keys.keep(waiting);
        }
        var sent = jobs(transitions, JobStatus.SUBMITTING);
        if (!sent.isEmpty()) {
            keys.expire(sent, clock.instant().plus(retention));
        }
        var refused = transitions.stream()
                .map(AppliedTransition::jobId)
                .filter(id -> !waiting.contains(id) && !sent.contains(id))
                .toList();
        if (!refused.isEmpty()) {
            keys.free(refused);
        }
    }

    private static List<String> jobs(List<AppliedTransition> transitions, JobStatus status) {
        return transitions.stream()
                .filter(one -> one.status() == status)
                .map(AppliedTransition::jobId)
                .toList();
    }
}
