package io.reelgate.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses such as {@code 10.0.0.0/8}, {@code fc00::/7} or one address such as {@code ::1}.
 *
 * <p>IPv4 addresses written as IPv6 ({@code ::ffff:10.0.0.1}) count as the IPv4 addresses they are. No name is ever
 * looked up.
 */
public record Network(InetAddress base, int prefix) {

    /** The JDK also reads {@code 10} and {@code 10.1} as addresses; a typing error must not become a network. */
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Reads CIDR notation; an {@link IllegalArgumentException} says what is wrong with it. */
    public static Network of(String text) {
        var slash = text.indexOf('/');
        var base = address(slash < 0 ? text.strip() : text.substring(0, slash).strip());
        if (base == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no network; write an IP address or CIDR such as 10.0.0.0/8 or fc00::/7");
        }
        var bits = base.getAddress().length * 8;
        var prefix = slash < 0 ? bits : prefix(text.substring(slash + 1).strip());
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length from 0 to " + bits);
        }
        return new Network(base, prefix);
    }

    /** The address that this literal names, or {@code null} if it is none; an IPv6 zone ({@code %eth0}) is dropped. */
    public static @Nullable InetAddress address(String literal) {
        var zone = literal.indexOf('%');
        var bare = zone < 0 ? literal : literal.substring(0, zone);
        if (!bare.contains(":") && !IPV4.matcher(bare).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    public boolean contains(InetAddress address) {
        if (address instanceof Inet4Address != base instanceof Inet4Address) {
            return false;
        }
        var mine = base.getAddress();
        var theirs = address.getAddress();
        for (int i = 0, left = prefix; left > 0; i++, left -= 8) {
            var mask = left >= 8 ? 0xff : 0xff << (8 - left);
            if (((mine[i] ^ theirs[i]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int prefix(String digits) {
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
    }
}
