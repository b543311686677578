package io.reelgate.admission.lane;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Attempt;
import io.reelgate.job.HoldReason;
import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import io.reelgate.job.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Closes and opens lanes by what attempts come to, in the transaction that writes that down. Jobs that may not wait open no lane,
 * but what becomes of them counts in those that there are.
 */
@Component
class LaneChanges implements TransitionListener {

    /** The upstream settles a job, and gives back what it kept, some seconds after its end; and that it told of an end says that it answers. */
    private static final Duration SETTLED = Duration.ofSeconds(15);

    private final Lanes lanes;

    LaneChanges(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public boolean concerns(Transition transition) {
        return switch (transition) {
            case Transition.Held _ -> true;
            case Transition.Accepted accepted -> counts(accepted.attempt());
            case Transition.Rejected rejected -> rejected.trouble() != null && counts(rejected.attempt());
            case Transition.Unavailable unavailable -> unavailable.trouble() != null && counts(unavailable.attempt());
            case Transition.Unconfirmed unconfirmed -> waited(unconfirmed.attempt());
            case Transition.Succeeded _, Transition.Failed _, Transition.Expired _ -> lanes.isEndWaitedFor();
            case Transition.GivenUp _,
                    Transition.Lost _,
                    Transition.Sent _,
                    Transition.WaitedTooLong _,
                    Transition.Cancelled _,
                    Transition.Started _,
                    Transition.Attached _,
                    Transition.Reopened _ -> false;
        };
    }

    /** In the order of lanes: two replicas that write of the same ones do not wait for each other. */
    @Override
    public void applied(List<AppliedTransition> transitions) {
        transitions.stream()
                .sorted(Comparator.comparing(AppliedTransition::account).thenComparing(AppliedTransition::model))
                .forEach(this::applied);
    }

    private void applied(AppliedTransition one) {
        var at = one.transition().event().at();
        switch (one.transition()) {
            case Transition.Held held when one.status() == JobStatus.HELD -> held(one, held);
            case Transition.Held _ -> {}
            case Transition.Accepted(var attempt, var _, var _, var _, var _) -> {
                if (waited(attempt) || hasLane(one)) {
                    lanes.accepted(one.account(), one.model(), attempt.sentAt(), at);
                }
            }
            case Transition.Rejected(var attempt, var error, var trouble, var _) ->
                met(one, attempt, error, trouble, at);
            case Transition.Unavailable(var attempt, var error, var trouble, var _) ->
                met(one, attempt, error, trouble, at);
            case Transition.Unconfirmed(var attempt, var error, var _) ->
                lanes.close(one.account(), one.model(), HoldReason.DOUBT, error.message(), attempt.sentAt(), null, at);
            case Transition.Succeeded _, Transition.Failed _, Transition.Expired _ ->
                lanes.tryAfterEnd(one.account(), at.plus(SETTLED));
            case Transition.GivenUp _,
                    Transition.Lost _,
                    Transition.Sent _,
                    Transition.WaitedTooLong _,
                    Transition.Cancelled _,
                    Transition.Started _,
                    Transition.Attached _,
                    Transition.Reopened _ -> {}
        }
    }

    private void held(AppliedTransition one, Transition.Held held) {
        var trouble = held.trouble();
        var at = held.event().at();
        if (held.closes()) {
            answered(held.attempt(), trouble);
            lanes.close(
                    one.account(),
                    one.model(),
                    trouble.reason(),
                    held.error().message(),
                    tried(held.attempt()),
                    trouble.retryAfter(),
                    at);
        } else {
            lanes.queue(
                    one.account(), one.model(), trouble.reason(), held.error().message(), at);
        }
    }

    private void met(AppliedTransition one, Attempt attempt, JobError error, @Nullable Trouble trouble, Instant at) {
        if (trouble != null && hasLane(one)) {
            answered(attempt, trouble);
            lanes.close(
                    one.account(),
                    one.model(),
                    trouble.reason(),
                    error.message(),
                    tried(attempt),
                    trouble.retryAfter(),
                    at);
        }
    }

    private void answered(Attempt attempt, Trouble trouble) {
        if (trouble.reason().isAnswered()) {
            lanes.answered(attempt.account(), attempt.sentAt());
        }
    }

    private boolean counts(Attempt attempt) {
        return waited(attempt) || lanes.isAnyKnown();
    }

    private boolean hasLane(AppliedTransition one) {
        return lanes.waitingFor(one.account(), one.model()).isPresent();
    }

    private static @Nullable Instant tried(Attempt attempt) {
        return waited(attempt) ? attempt.sentAt() : null;
    }

    /** Whether the job had waited before this attempt. */
    private static boolean waited(Attempt attempt) {
        return attempt.number() > 1;
    }
}
