package io.reelgate.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.security.HeldSleeper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BcryptTurnsTests {

    private final HeldSleeper sleeper = new HeldSleeper();
    private final BcryptTurns turns = new BcryptTurns(sleeper);
    private final AtomicInteger checks = new AtomicInteger();

    @Test
    void tellsWhatTheCheckSays() {
        assertThat(turns.take("a", () -> true)).isTrue();
        assertThat(turns.take("a", () -> false)).isFalse();
    }

    /** The rest after a failure is part of the turn, so it bounds how many there are in a second. */
    @Test
    void letsOneCheckAfterTheOtherAndABoundedNumberWait() throws InterruptedException {
        sleeper.hold();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < BcryptTurns.MOST_WAITING; i++) {
            var network = "network " + i;
            callers.add(Thread.startVirtualThread(() -> turns.take(network, this::wrong)));
        }
        await().until(() -> turns.waiting() == BcryptTurns.MOST_WAITING && sleeper.asleep() == 1);
        assertThat(checks).hasValue(1);

        assertThatExceptionOfType(TooManyLoginAttempts.class).isThrownBy(() -> turns.take("another", this::wrong));

        sleeper.letGo();
        for (var caller : callers) {
            caller.join();
        }
        assertThat(checks).hasValue(BcryptTurns.MOST_WAITING);
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void letsOneOfEachNetworkWait() throws InterruptedException {
        sleeper.hold();
        var first = Thread.startVirtualThread(() -> turns.take("a", this::wrong));
        await().until(() -> sleeper.asleep() == 1);

        for (var network : List.of("a", "a")) {
            assertThatExceptionOfType(TooManyLoginAttempts.class).isThrownBy(() -> turns.take(network, this::wrong));
        }
        var other = Thread.startVirtualThread(() -> turns.take("b", this::wrong));
        await().until(() -> turns.waiting() == 2);

        sleeper.letGo();
        first.join();
        other.join();
    }

    @Test
    void givesTheTurnBackWhateverHappens() {
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> turns.take("a", () -> {
                        throw new IllegalStateException();
                    }));
        }
        assertThat(turns.take("a", () -> true)).isTrue();
    }

    private boolean wrong() {
        checks.incrementAndGet();
        return false;
    }
}
