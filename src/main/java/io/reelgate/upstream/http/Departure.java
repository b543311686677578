package io.reelgate.upstream.http;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether one try of a submission has begun to leave, decided once and for all.
 *
 * <p>The body is asked for only when a connection stands, TLS included, and before the first byte of the request. So a
 * try called off before that provably sent nothing, and one that was called off cannot leave any more.
 */
final class Departure {

    /** Why a body was not sent: too late, or nobody waits for it any more. */
    static final class CalledOff extends RuntimeException {

        CalledOff() {
            super("the submission was called off before it left");
        }
    }

    private enum State {
        WAITING,
        LEFT,
        CALLED_OFF
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final long leaveBefore;
    private final Clock clock;
    private final Instant leaveBeforeToo;

    /**
     * A try that may leave until one of two clocks says that it is too late: {@link System#nanoTime()} stands still in a
     * machine that is suspended, and the clock on the wall may be set back.
     */
    Departure(long leaveBefore, Clock clock, Instant leaveBeforeToo) {
        this.leaveBefore = leaveBefore;
        this.clock = clock;
        this.leaveBeforeToo = leaveBeforeToo;
    }

    /** Permission to send, given at most once and never late. */
    boolean leave() {
        return System.nanoTime() - leaveBefore < 0
                && clock.instant().isBefore(leaveBeforeToo)
                && state.compareAndSet(State.WAITING, State.LEFT);
    }

    /** True if nothing left, and then nothing ever will. */
    boolean callOff() {
        state.compareAndSet(State.WAITING, State.CALLED_OFF);
        return state.get() == State.CALLED_OFF;
    }
}
