package io.reelgate.security.login;

import io.reelgate.web.Places;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Checks of bcrypt, one after the other and no more than two a second when they fail: each takes a tenth of a second of CPU,
 * and strangers can ask for them.
 *
 * <p>{@value #MOST_WAITING} may be under way or wait, one of each network, so that who guesses from one place takes the turn of
 * nobody else. The rest are turned away.
 */
public class BcryptTurns {

    static final int MOST_WAITING = 8;

    private static final Duration REST = Duration.ofMillis(400);
    private static final Duration RETRY_AFTER_BUSY = Duration.ofSeconds(1);

    private final Places places = new Places(MOST_WAITING, 1);
    private final Semaphore turn = new Semaphore(1, true);
    private final FailedLogins.Sleeper sleeper;

    public BcryptTurns(FailedLogins.Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** The result of this check, when its turn has come; throws {@link TooManyLoginAttempts} if too many wait already. */
    boolean take(String network, BooleanSupplier check) {
        if (!places.take(network)) {
            throw new TooManyLoginAttempts(RETRY_AFTER_BUSY);
        }
        try {
            turn.acquireUninterruptibly();
            try {
                return check.getAsBoolean() || failed();
            } finally {
                turn.release();
            }
        } finally {
            places.giveBack(network);
        }
    }

    /** Those whose check is under way or to come. */
    int waiting() {
        return places.taken();
    }

    private boolean failed() {
        try {
            sleeper.sleep(REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
