package io.reelgate.job.query;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the database those may have who read lists: ops, and apps their own.
 *
 * @param connections of ops' pool, one of which is the gauges'; larger: more people can search at once, and each replica
 *     holds more connections
 * @param timeout how long one query may take; larger: searches reach the end where they now say that they took too long, and
 *     keep the database busy for longer
 */
@Validated
@ConfigurationProperties("reelgate.reads")
public record ReadsProperties(
        @Min(2) @DefaultValue("4") int connections,
        @NotNull @DefaultValue("5s") Duration timeout) {}
