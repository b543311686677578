package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParameterTests {

    /** In an address a plus sign is a space. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-20T08:00:00Z, 2026-07-20T08:00:00Z",
        "2026-07-20T08:00Z, 2026-07-20T08:00:00Z",
        "2026-07-20T08:00:00.125Z, 2026-07-20T08:00:00.125Z",
        "2026-07-20T08:00:00+08:00, 2026-07-20T00:00:00Z",
        "2026-07-20T08:00:00 08:00, 2026-07-20T00:00:00Z",
        "2026-07-20T08:00:00-05:00, 2026-07-20T13:00:00Z",
        "2026-07-20T08:00:00, 2026-07-20T08:00:00Z",
        "2026-07-20T08:00, 2026-07-20T08:00:00Z",
        "2026-07-20, 2026-07-20T00:00:00Z",
        "1970-01-01, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void readsEachFormOfATime(String text, Instant moment) {
        assertThat(TimeParameter.read("from", text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30",
                "2026-07-20T25:00:00Z",
                "2026-07-20T08:00:00 CET",
                "1969-12-31T23:59:59Z",
                "1970-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59.001Z",
                "+1000000000-01-01T00:00:00Z"
            })
    void namesTheParameterThatIsNoTime(String text) {
        assertThatExceptionOfType(OpsProblem.class)
                .isThrownBy(() -> TimeParameter.read("from", text))
                .satisfies(problem -> {
                    assertThat(problem.wrongParameter()).isEqualTo("from");
                    assertThat(problem.status().value()).isEqualTo(400);
                });
    }
}
