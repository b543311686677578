package io.reelgate.api.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who takes a film too slowly: 20 s for nothing, or less than 1,000 bytes a second. */
class PaceTests {

    private final Pace pace = new Pace(Duration.ofSeconds(20), 1_000);
    private long now;

    @Test
    void whoTakesNothingIsTooSlowInTheEnd() {
        take(1_000_000, 1);
        pace.offered(now);

        assertThat(isTooSlowIn(19)).isFalse();
        assertThat(isTooSlowIn(2)).isTrue();
    }

    @Test
    void whoDripsIsTooSlowInTheEnd() {
        for (var second = 0; second < 20; second++) {
            take(10, 1);
            assertThat(isTooSlowIn(0)).isFalse();
        }
        take(10, 1);
        take(10, 1);

        assertThat(isTooSlowIn(0)).isTrue();
    }

    @Test
    void whoTakesEnoughMayTakeAsLongAsTheFilmIs() {
        for (var second = 0; second < 10_000; second++) {
            take(1_000, 1);
        }
        assertThat(isTooSlowIn(0)).isFalse();
    }

    /** The time of the upstream is not the reader's. */
    @Test
    void whoIsNotWaitedForIsNotSlow() {
        take(10, 1);

        assertThat(isTooSlowIn(3_600)).isFalse();
        pace.offered(now);
        assertThat(isTooSlowIn(10)).isFalse();
    }

    private void take(long bytes, long seconds) {
        pace.offered(now);
        now += Duration.ofSeconds(seconds).toNanos();
        pace.taken(bytes, now);
    }

    private boolean isTooSlowIn(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return pace.isTooSlow(now);
    }
}
