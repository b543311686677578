package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTests {

    @ParameterizedTest
    @CsvSource({"1h, HOUR, PT1H", "24h, DAY, PT24H", "7d, WEEK, P7D"})
    void isAsLongAsItsWordSays(String word, Window window, Duration length) {
        assertThat(Window.of(word)).isEqualTo(window);
        assertThat(window.word()).isEqualTo(word);
        assertThat(window.length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2h", "1H", "hour"})
    void refusesEveryOtherWord(String word) {
        assertThatExceptionOfType(OpsProblem.class)
                .isThrownBy(() -> Window.of(word))
                .withMessage("window must be one of: 1h, 24h, 7d")
                .satisfies(problem -> assertThat(problem.wrongParameter()).isEqualTo("window"));
    }

    @ParameterizedTest
    @CsvSource({"HOUR, 2026-07-31T11:35:00Z", "DAY, 2026-07-30T13:00:00Z", "WEEK, 2026-07-24T16:00:00Z"})
    void beginsOnAWholeStep(Window window, Instant from) {
        assertThat(window.from(Instant.parse("2026-07-31T12:34:56.789Z"))).isEqualTo(from);
    }

    /** Otherwise the jobs of this very moment would be in no slot. */
    @ParameterizedTest
    @EnumSource
    void hasTheMomentInItsLastSlot(Window window) {
        var now = Instant.parse("2026-07-31T12:34:56.789Z");

        var last = window.from(now).plus(window.step().multipliedBy(window.slots() - 1));

        assertThat(now).isBetween(last, last.plus(window.step()));
    }

    @Test
    void takesANewSlotWhenAStepIsOver() {
        var before = Instant.parse("2026-07-31T12:34:59.999Z");

        assertThat(Window.HOUR.from(before.plusMillis(1)))
                .isEqualTo(Window.HOUR.from(before).plusSeconds(60));
    }

    /** The chart has six marks at equal distances. */
    @ParameterizedTest
    @EnumSource
    void isDividedIntoSixes(Window window) {
        assertThat(window.slots() % 6).isZero();
    }
}
