package io.reelgate.lease;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try of what failed: twice as long after each failure in a row, up to a longest, and a tenth less
 * by chance, so that what failed together is not tried together again.
 *
 * @param first after the first failure
 * @param longest after many
 */
public record RetryPolicy(Duration first, Duration longest) {

    /** Far more doublings than any longest pause takes, and no overflow. */
    private static final int MOST_DOUBLINGS = 20;

    /** The pause after so many failures in a row, at least 1. */
    public Duration after(int failures) {
        return after(failures, null);
    }

    /** The same, but no shorter than the other side asked for, as by a {@code Retry-After}. */
    public Duration after(int failures, @Nullable Duration asked) {
        var doubled = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        var pause = jittered(doubled.compareTo(longest) < 0 ? doubled : longest);
        return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
    }

    private static Duration jittered(Duration pause) {
        long most = pause.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most - most / 10, most + 1));
    }
}
