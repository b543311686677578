package io.reelgate.security;

import io.reelgate.net.Network;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call {@code /v1}.
 *
 * @param allowedNetworks who may call without a key; by default loopback, the private ranges and IPv6 link-local. The
 *     wider, the more strangers can spend the balance
 * @param allowedOrigins web pages that may call; by default none, and browsers are turned away
 */
@Validated
@ConfigurationProperties("reelgate.access")
public record AccessProperties(
        @DefaultValue({"127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"})
        @NotEmpty(
                message = "is empty, so nobody could call: leave it unset for the private ranges,"
                        + " or say 0.0.0.0/0,::/0 for everybody")
        List<Network> allowedNetworks,

        @DefaultValue List<WebOrigin> allowedOrigins) {}
