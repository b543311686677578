package io.reelgate.access;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call {@code /v1}, and how much.
 *
 * @param allowedNetworks who may call without a key; by default loopback, the private ranges and IPv6 link-local. The
 *     wider, the more strangers can spend the balance
 * @param allowedOrigins web pages that may call; by default none, and browsers are turned away
 * @param trustedProxies peers whose {@code X-Forwarded-For} and {@code -Proto} are believed; by default none. A proxy
 *     missing here makes all its clients look like the proxy, a client listed here can pretend to be anyone
 * @param jobsPerMinute how many submissions each app may make in a minute, over all replicas; by default no limit
 */
@Validated
@ConfigurationProperties("reelgate.access")
record AccessProperties(
        @DefaultValue({"127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"})
        @NotEmpty(
                message = "is empty, so nobody could call: leave it unset for the private ranges,"
                        + " or say 0.0.0.0/0,::/0 for everybody")
        List<Network> allowedNetworks,

        @DefaultValue List<WebOrigin> allowedOrigins,
        @DefaultValue List<Network> trustedProxies,

        @Nullable @Min(value = 1, message = "must be at least 1; leave it unset for no limit, pause to admit nothing")
        Integer jobsPerMinute) {}
