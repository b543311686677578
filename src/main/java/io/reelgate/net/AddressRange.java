package io.reelgate.net;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that may be connected to for somebody who chose the name or the address: a network in CIDR notation, or one of
 * the words {@code public}, {@code private} and {@code loopback}.
 *
 * @param networks what it is made of
 * @param without what is not in it for all that
 */
public record AddressRange(List<Network> networks, List<Network> without) {

    private static final List<Network> ALL = networks("0.0.0.0/0", "::/0");

    private static final List<Network> LOOPBACK = networks("127.0.0.0/8", "::1");

    private static final List<Network> PRIVATE = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /**
     * In no range, whoever names it: "this" network, link-local (where clouds answer with their credentials), multicast,
     * reserved; and what leads to IPv4 addresses by another way (NAT64, 6to4, Teredo, IPv4-compatible).
     */
    private static final List<Network> NEVER = networks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/3",
            "::/128",
            "fe80::/10",
            "ff00::/8",
            "64:ff9b::/32",
            "2002::/16",
            "2001::/32");

    /** Of what is global by its number (the IANA registries of special-purpose addresses), what nobody on the Internet has. */
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    PRIVATE,
                    LOOPBACK,
                    networks(
                            "100.64.0.0/10",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            // All but 2000::/3, which alone is given out.
                            "::/3",
                            "4000::/2",
                            "8000::/1",
                            "2001:db8::/32",
                            "3fff::/20"))
            .flatMap(List::stream)
            .toList();

    /** Reads one; an {@link IllegalArgumentException} says what is wrong with it. */
    public static AddressRange of(String text) {
        return switch (text.strip()) {
            case "public" -> new AddressRange(ALL, NOT_PUBLIC);
            case "private" -> new AddressRange(PRIVATE, List.of());
            case "loopback" -> new AddressRange(LOOPBACK, List.of());
            case String network -> new AddressRange(networks(network), List.of());
        };
    }

    /** Whether this address may be connected to. */
    public boolean contains(InetAddress address) {
        return isIn(address, networks) && !isIn(address, without) && !isIn(address, NEVER);
    }

    private static boolean isIn(InetAddress address, List<Network> networks) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }
}
