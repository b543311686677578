package io.reelgate.delivery.webhook;

import io.reelgate.net.AddressRange;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How apps are told by webhooks.
 *
 * @param secret what the apps' secrets are made of; without it one is made once and kept in the database
 * @param previousSecret signs beside it, while receivers still know the secrets that were made of it
 * @param allowedNetworks where receivers may be: {@code private}, {@code public}, {@code loopback} or networks such as
 *     {@code 10.1.0.0/16}. The wider, the more of what an app cannot reach itself it can have called
 * @param timeout for one try; longer waits for slower receivers, and holds a place for as long
 * @param schedule the pause before each try, so as many tries as entries
 * @param concurrency tries at once, by each replica
 */
@ConfigurationProperties("reelgate.webhook")
record WebhookProperties(
        @Nullable String secret,
        @Nullable String previousSecret,
        @DefaultValue("private") List<AddressRange> allowedNetworks,
        @DefaultValue("15s") Duration timeout,

        @DefaultValue({"0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> schedule,

        @DefaultValue("32") int concurrency) {

    /** Whoever knows one app's secret could guess a shorter one, and so have all others'. */
    private static final int SHORTEST_SECRET = 24;

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);

    WebhookProperties {
        secret = present(secret, "secret");
        previousSecret = present(previousSecret, "previous-secret");
        Assert.isTrue(
                timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "reelgate.webhook.timeout must be more than nothing and at most 2 minutes");
        Assert.isTrue(
                !schedule.isEmpty() && schedule.stream().noneMatch(Duration::isNegative),
                "reelgate.webhook.schedule must have a pause before each try, none of them negative");
        Assert.isTrue(concurrency >= 1, "reelgate.webhook.concurrency must be at least 1");
    }

    private static @Nullable String present(@Nullable String secret, String name) {
        if (secret == null || secret.isBlank()) {
            return null;
        }
        Assert.isTrue(
                secret.strip().length() >= SHORTEST_SECRET,
                "reelgate.webhook." + name + " must have at least " + SHORTEST_SECRET + " characters");
        return secret.strip();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "WebhookProperties[" + allowedNetworks + ", " + timeout + ", " + schedule + ", " + concurrency + "]";
    }
}
