package io.reelgate.submission.hold;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reelgate.admission.lane.HoldProperties;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.job.NewJob;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.util.unit.DataSize;

/** How much may wait: what has no room is refused as if it might not wait. */
class HoldRoomTests {

    private static final NewJob JOB =
            new NewJob("task_1", "shop", "fast", "kite", "{}", null, null, null, Instant.EPOCH, 1);

    private final HeldRequests requests = mock();
    private final Lanes lanes = mock();
    private final HoldRoom room = new HoldRoom(
            requests,
            lanes,
            new HoldProperties(
                    false,
                    Duration.ofHours(24),
                    DataSize.ofKilobytes(10),
                    DataSize.ofKilobytes(20),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10)));

    @BeforeEach
    void noLaneIsNew() {
        when(lanes.hasRoomFor(anyInt(), any())).thenReturn(true);
    }

    @Test
    void aBodyMayBeAsLargeAsIsSaidAndNoLarger() {
        assertThat(isFor(10 * 1024)).isTrue();
        assertThat(isFor(10 * 1024 + 1)).isFalse();
    }

    /** A million small ones are a table of gigabytes, too. */
    @Test
    void aSmallBodyCountsAsMoreThanItsBytes() {
        when(requests.size()).thenReturn(20 * 1024L - 4_096);
        room.look();
        assertThat(isFor(1)).isTrue();

        when(requests.size()).thenReturn(20 * 1024L - 4_095);
        room.look();
        assertThat(isFor(1)).isFalse();
    }

    @Test
    void whileTheDatabaseIsAwayTheLastLookHolds() {
        when(requests.size()).thenReturn(20 * 1024L);
        room.look();
        when(requests.size()).thenThrow(new QueryTimeoutException("away"));

        room.look();

        assertThat(isFor(1)).isFalse();
    }

    @Test
    void noModelBeginsToBeWaitedForWhereTooManyAre() {
        when(lanes.hasRoomFor(1, "fast")).thenReturn(false);

        assertThat(isFor(1)).isFalse();
    }

    @Test
    void whoMayWaitMaySoLongFromWhenItWasAskedFor() {
        assertThat(requireNonNull(room.terms(JOB, new byte[1], Duration.ofSeconds(5)))
                        .until())
                .isEqualTo(Instant.EPOCH.plusSeconds(5));
        assertThat(room.terms(JOB, new byte[1], Duration.ZERO)).isNull();
        assertThat(room.terms(JOB, new byte[11 * 1024], Duration.ofSeconds(5))).isNull();
    }

    private boolean isFor(int bytes) {
        return room.isFor(1, "fast", new byte[bytes]);
    }
}
