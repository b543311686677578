package io.reelgate.api.content;

import java.time.Duration;

/**
 * Whether a reader takes a film fast enough, going by the time for which nobody but the reader was waited for. Written by the
 * thread that streams, read by the one that looks after all; times are those of {@link System#nanoTime()}.
 */
final class Pace {

    private final Duration longestStall;
    private final long leastRate;
    private long taken;
    private long waited;
    private long waitingSince;
    private boolean waiting;

    /** A pace of at least so many bytes in a second. */
    Pace(Duration longestStall, long leastRate) {
        this.longestStall = longestStall;
        this.leastRate = leastRate;
    }

    /** From now on the reader is waited for. */
    synchronized void offered(long now) {
        waiting = true;
        waitingSince = now;
    }

    /** The reader has taken these bytes. */
    synchronized void taken(long bytes, long now) {
        waiting = false;
        waited += now - waitingSince;
        taken += bytes;
    }

    /** Whether the reader has taken nothing for too long, or so far less than it should in the time it had. */
    synchronized boolean isTooSlow(long now) {
        var stall = waiting ? now - waitingSince : 0;
        var enough = longestStall.plusSeconds(taken / leastRate);
        return stall > longestStall.toNanos() || waited + stall > enough.toNanos();
    }
}
