package io.reelgate.web;

import io.reelgate.net.Network;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who speaks for others.
 *
 * @param trustedProxies peers whose {@code X-Forwarded-For} and {@code -Proto} are believed; by default none. A proxy
 *     missing here makes all its clients look like the proxy, a client listed here can pretend to be anyone
 */
@ConfigurationProperties("reelgate.access")
public record ProxyProperties(@DefaultValue List<Network> trustedProxies) {}
