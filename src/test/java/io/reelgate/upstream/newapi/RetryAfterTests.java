package io.reelgate.upstream.newapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.Fixtures;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seconds, dates and nonsense in {@code Retry-After}. */
class RetryAfterTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | PT5S",
                " 5  | PT5S",
                "1.5 | PT1S",
                "3600 | PT1H",
                "86400 | PT1H",
                "99999999999999999999 | PT1H",
                "Fri, 31 Jul 2026 12:00:30 GMT | PT30S",
                "Fri, 31 Jul 2026 18:00:00 GMT | PT1H",
                "Fri, 31 Jul 2026 11:00:00 GMT |",
                "0 |",
                "-3 |",
                "soon |",
                "'' |",
                "|"
            })
    void readsWhatMakesSense(@Nullable String header, @Nullable Duration wait) {
        assertThat(new RetryAfter(Fixtures.CLOCK).read(header)).isEqualTo(wait);
    }
}
