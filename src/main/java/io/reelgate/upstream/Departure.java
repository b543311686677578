package io.reelgate.upstream;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether one try of a submission has begun to leave, decided once and for all.
 *
 * <p>The body is asked for only when a connection stands, TLS included, and before the first byte of the request. So a
 * try called off before that provably sent nothing, and one that was called off cannot leave any more.
 */
final class Departure {

    private enum State {
        WAITING,
        LEFT,
        CALLED_OFF
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final long leaveBefore;

    /** A try that may leave until {@link System#nanoTime()} reaches this. */
    Departure(long leaveBefore) {
        this.leaveBefore = leaveBefore;
    }

    /** Permission to send, given at most once and never late. */
    boolean leave() {
        return System.nanoTime() - leaveBefore < 0 && state.compareAndSet(State.WAITING, State.LEFT);
    }

    /** True if nothing left, and then nothing ever will. */
    boolean callOff() {
        state.compareAndSet(State.WAITING, State.CALLED_OFF);
        return state.get() == State.CALLED_OFF;
    }
}
