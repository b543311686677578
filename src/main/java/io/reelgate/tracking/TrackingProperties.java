package io.reelgate.tracking;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are followed, by each replica.
 *
 * @param intervalMin the shortest pause between two polls of a young job; the upstream asks for 5 to 8 s
 * @param intervalMax the longest such pause
 * @param concurrency polls under way at once; larger: more jobs followed in time, more connections to the upstream
 * @param lease how long a claimed ticket is ours; larger: the tickets of a dead replica wait longer
 * @param deadline a job that has no end after this long expires
 * @param missingGrace a task that the upstream does not know is believed missing only when it is older than this
 * @param missingLimit and after this many answered polls in a row that did not know it
 */
@Validated
@ConfigurationProperties("reelgate.tracking")
public record TrackingProperties(
        @NotNull @DefaultValue("5s") Duration intervalMin,
        @NotNull @DefaultValue("8s") Duration intervalMax,
        @Min(1) @DefaultValue("64") int concurrency,
        @NotNull @DefaultValue("30s") Duration lease,
        @NotNull @DefaultValue("24h") Duration deadline,
        @NotNull @DefaultValue("2m") Duration missingGrace,
        @Min(1) @DefaultValue("5") int missingLimit) {

    @AssertTrue(message = "interval-min must be positive and not above interval-max")
    boolean isIntervalInOrder() {
        return intervalMin.isPositive() && intervalMin.compareTo(intervalMax) <= 0;
    }
}
