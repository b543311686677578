package io.reelgate.admission.lane;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs wait that cannot be sent, and are not to be refused.
 *
 * @param byDefault whether jobs wait whose request and app say nothing of it
 * @param longest how long one waits at most; what asks for more gets this
 * @param maxBody a larger one is refused as if it might not wait: bodies that wait are kept whole
 * @param maxTotal with more bytes of bodies waiting, over all replicas, further jobs are refused as if they might not wait; about
 *     that much, since replicas look now and then
 * @param firstTry how long after a refusal the first job is tried
 * @param longestPause each try that fails doubles the pause, up to this
 */
@Validated
@ConfigurationProperties("reelgate.hold")
public record HoldProperties(
        @Name("default") @DefaultValue("no") boolean byDefault,
        @NotNull @DefaultValue("24h") Duration longest,
        @NotNull @DefaultValue("16MB") DataSize maxBody,
        @NotNull @DefaultValue("2GB") DataSize maxTotal,
        @NotNull @DefaultValue("30s") Duration firstTry,
        @NotNull @DefaultValue("10m") Duration longestPause) {}
