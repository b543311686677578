package io.reelgate.api.content;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How films are streamed that have no link of their own. Each holds one of the upstream's connections for films while it is.
 *
 * @param perAddress films streamed at once to one client address; more lets an address behind which many sit have more, and
 *     fewer such addresses take all connections
 * @param longestStall how long a reader may take nothing; longer suits players that pause, and holds a connection meanwhile
 * @param leastRate what a reader must take in a second, in the mean and beyond one {@code longestStall}; more frees
 *     connections sooner and breaks off readers on thin lines
 */
@ConfigurationProperties("reelgate.streaming")
record StreamingProperties(
        @DefaultValue("16") int perAddress,
        @DefaultValue("20s") Duration longestStall,
        @DefaultValue("32KB") DataSize leastRate) {

    StreamingProperties {
        Assert.isTrue(perAddress >= 1, "reelgate.streaming.per-address must be at least 1");
        // After 30 s without a byte taken from it the connection to the upstream is given up anyway.
        Assert.isTrue(
                longestStall.isPositive() && longestStall.compareTo(Duration.ofSeconds(30)) <= 0,
                "reelgate.streaming.longest-stall must be more than nothing and at most 30 s");
        Assert.isTrue(leastRate.toBytes() >= 1, "reelgate.streaming.least-rate must be more than nothing");
    }
}
