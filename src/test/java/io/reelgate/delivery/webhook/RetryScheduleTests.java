package io.reelgate.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTests {

    private final RetrySchedule schedule = new RetrySchedule(
            List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(5)),
            new MutableClock(Instant.parse("2026-03-01T12:00:00Z")));

    @Test
    void theFirstTryIsAtOnceAndThereAreAsManyAsEntries() {
        assertThat(schedule.first()).isZero();
        assertThat(schedule.after(1, null)).isPresent();
        assertThat(schedule.after(2, null)).isPresent();
        assertThat(schedule.after(3, null)).isEmpty();
        assertThat(schedule.after(3, "5")).isEmpty();
    }

    @Test
    void aPauseIsAnythingFromNothingToTheWhole() {
        var pauses = Stream.generate(() -> schedule.after(2, null).orElseThrow())
                .limit(10_000)
                .toList();

        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofMinutes(5)) <= 0);
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) < 0);
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(290)) > 0);
    }

    @ParameterizedTest
    @CsvSource({
        "60, 60",
        "' 60 ', 60",
        "'Sun, 01 Mar 2026 12:02:00 GMT', 120",
        "99999999999999999999, 86400",
        "'Mon, 01 Mar 2027 12:02:00 GMT', 86400",
    })
    void aReceiverMayAskForALongerOne(String header, long seconds) {
        assertThat(schedule.after(1, header)).hasValue(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0", "-60", "soon", "1.5e3", "'Sun, 01 Mar 2026 11:00:00 GMT'", "''"})
    void whatCannotBeReadOrIsOverChangesNothing(@Nullable String header) {
        assertThat(schedule.after(1, header).orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
}
