package io.reelgate.web;

import java.time.Duration;

/** Writes a {@code Retry-After}. */
public final class RetryAfterHeader {

    private RetryAfterHeader() {}

    /** The delay in whole seconds, rounded up, at least one: sooner would be in vain. */
    public static long seconds(Duration delay) {
        return Math.max(1, delay.plusMillis(999).toSeconds());
    }
}
