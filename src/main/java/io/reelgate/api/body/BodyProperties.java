package io.reelgate.api.body;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How fast the body of a request has to come.
 *
 * @param grace how long it may take before its rate counts; larger: who sends nothing is told so later
 * @param leastRate bytes a second over the whole, once the grace is over; larger: slower lines are refused
 * @param deadline how long it may take at most; larger: larger bodies get through thin lines
 */
@Validated
@ConfigurationProperties("reelgate.submission.body")
record BodyProperties(
        @NotNull @DefaultValue("10s") Duration grace,
        @NotNull @DefaultValue("16KB") DataSize leastRate,
        @NotNull @DefaultValue("5m") Duration deadline) {

    BodyProperties {
        if (leastRate.toBytes() < 1) {
            throw new IllegalArgumentException("reelgate.submission.body.least-rate must be at least one byte");
        }
    }
}
