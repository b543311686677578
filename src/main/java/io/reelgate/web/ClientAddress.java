package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Where it is found who really sent the current request: the peer, or whom a trusted proxy speaks for. */
public final class ClientAddress {

    /** The request attribute that holds the address, a literal; set before any controller sees the request. */
    public static final String ATTRIBUTE = "io.reelgate.client-address";

    private ClientAddress() {}

    /** The address of this request's sender, as a literal. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String address ? address : request.getRemoteAddr();
    }

    /** The same for what is counted: whoever has one IPv6 address has the 2^64 next to it, so these count as one. */
    public static String networkOf(HttpServletRequest request) {
        var address = of(request);
        return address.contains(":")
                        && InetAddress.ofLiteral(address.replaceFirst("%.*", "")) instanceof Inet6Address v6
                ? HexFormat.of().formatHex(v6.getAddress(), 0, 8)
                : address;
    }
}
