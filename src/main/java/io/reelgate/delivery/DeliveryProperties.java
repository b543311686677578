package io.reelgate.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How apps are told.
 *
 * @param maxWaiting answers that wait and streams, of all apps, by each replica; those beyond are answered at once. Each holds a
 *     connection, and they may hold three quarters of {@code server.tomcat.max-connections} at most
 */
@ConfigurationProperties("reelgate.delivery")
record DeliveryProperties(@DefaultValue("10000") int maxWaiting) {

    DeliveryProperties {
        Assert.isTrue(maxWaiting >= 0, "reelgate.delivery.max-waiting must not be negative");
    }
}
