package io.reelgate.admission;

import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How much the upstream is given at once.
 *
 * @param maxInFlight how many jobs may be with it at once, over all replicas; by default no limit
 */
@Validated
@ConfigurationProperties("reelgate.upstream")
record PlacesProperties(
        @Nullable @Min(value = 1, message = "must be at least 1; leave it unset for no limit, pause to admit nothing")
        Integer maxInFlight) {}
