package io.reelgate.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTests {

    private final RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "6, 160", "7, 300", "8, 300", "1000000, 300", "0, 5", "-1, 5"})
    void doublesUpToTheLongest(int failures, int seconds) {
        assertThat(retries.after(failures)).isBetween(Duration.ofMillis(seconds * 900L), Duration.ofSeconds(seconds));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        assertThat(retries.after(1, Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(retries.after(4, Duration.ofSeconds(1))).isGreaterThan(Duration.ofSeconds(30));
    }
}
