package io.reelgate.web;

import io.reelgate.net.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out who really called: the peer of the connection, or whom a trusted proxy says it speaks for.
 *
 * <p>Only {@code X-Forwarded-For} is read, and only behind a peer in {@code reelgate.access.trusted-proxies}. It is read
 * from the right, since each proxy appends whom it saw and what stands to the left of the first stranger is that
 * stranger's own word. {@code Forwarded} is ignored: one source is enough, and two could disagree.
 */
@Component
public class ClientAddresses {

    private final List<Network> trustedProxies;

    ClientAddresses(ProxyProperties properties) {
        this.trustedProxies = properties.trustedProxies();
    }

    /** The caller's address, or {@code null} if a trusted proxy named something that is no address. */
    @Nullable
    public InetAddress of(HttpServletRequest request) {
        var address = Network.address(request.getRemoteAddr());
        if (trustedProxies.isEmpty()) {
            return address;
        }
        var hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .toList()
                .reversed()
                .iterator();
        while (address != null && trusted(address) && hops.hasNext()) {
            address = Network.address(withoutPort(hops.next().strip()));
        }
        return address;
    }

    /** Whether the peer of this connection is a trusted proxy, whose word on the caller is believed. */
    boolean isTrustedProxy(HttpServletRequest request) {
        var peer = Network.address(request.getRemoteAddr());
        return peer != null && trusted(peer);
    }

    private boolean trusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(network -> network.contains(address));
    }

    /** Some proxies append the port: {@code 10.0.0.1:5000}, {@code [::1]:5000}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            var end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        var colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
