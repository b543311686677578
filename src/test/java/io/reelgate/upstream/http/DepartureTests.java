package io.reelgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.Fixtures;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a submission may leave. */
class DepartureTests {

    private static final Instant NOW = Fixtures.CLOCK.instant();
    private static final long SOON = System.nanoTime() + Duration.ofHours(1).toNanos();
    private static final long BEFORE = System.nanoTime() - 1;

    @Test
    void leavesOnce() {
        var departure = new Departure(SOON, Fixtures.CLOCK, NOW.plusSeconds(1));

        assertThat(departure.leave()).isTrue();
        assertThat(departure.leave()).isFalse();
        assertThat(departure.callOff()).isFalse();
    }

    @Test
    void doesNotLeaveOnceCalledOff() {
        var departure = new Departure(SOON, Fixtures.CLOCK, NOW.plusSeconds(1));

        assertThat(departure.callOff()).isTrue();
        assertThat(departure.leave()).isFalse();
    }

    /** As when the machine was suspended, and its monotonic clock with it. */
    @Test
    void doesNotLeaveTooLateByTheClockOnTheWall() {
        assertThat(new Departure(SOON, Fixtures.CLOCK, NOW).leave()).isFalse();
    }

    /** As when the clock on the wall was set back. */
    @Test
    void doesNotLeaveTooLateByTheMonotonicClock() {
        assertThat(new Departure(BEFORE, Fixtures.CLOCK, NOW.plusSeconds(1)).leave())
                .isFalse();
    }
}
