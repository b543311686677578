package io.reelgate.admission;

import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How much apps may submit.
 *
 * @param jobsPerMinute how many submissions each app may make in a minute, over all replicas; by default no limit; of an app
 *     that ops gave a limit of its own, that one counts
 */
@Validated
@ConfigurationProperties("reelgate.access")
record RateProperties(
        @Nullable @Min(value = 1, message = "must be at least 1; leave it unset for no limit, pause to admit nothing")
        Integer jobsPerMinute) {}
