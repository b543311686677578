package io.reelgate.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt bought nothing, where the job is not the cause.
 *
 * @param noMoney what the upstream said of the balance, if that is the reason
 * @param retryAfter when the upstream wants to be asked again, if it said so
 */
public record Trouble(
        HoldReason reason,
        Transition.@Nullable NoMoney noMoney,
        @Nullable Duration retryAfter) {

    /** Trouble of which nothing else is known. */
    public static Trouble of(HoldReason reason) {
        return new Trouble(reason, null, null);
    }
}
