package io.reelgate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However an address is spelt in a URL: if any parser makes an address of it, a forbidden one is not connected to. */
class AddressGuardTests {

    private static final int SPELLINGS = 10_000;
    private static final SocketAddress LOCAL = new InetSocketAddress(0);

    private final Random random = new Random(20);
    private final List<InetAddress> connected = new ArrayList<>();
    private final ChannelHandlerContext context = mock(ChannelHandlerContext.class);

    AddressGuardTests() {
        doAnswer(call -> {
                    connected.add(call.<InetSocketAddress>getArgument(0).getAddress());
                    return mock(ChannelFuture.class);
                })
                .when(context)
                .connect(any(), any(), any());
    }

    @ParameterizedTest
    @CsvSource({
        "private, 127.0.0.1 169.254.169.254 8.8.8.8 0.0.0.0 224.0.0.1 255.255.255.255, 10.1.2.3",
        "public, 127.0.0.1 169.254.169.254 10.0.0.1 172.16.3.4 192.168.1.1 100.64.0.1 0.0.0.0 192.0.2.1, 8.8.8.8",
        "0.0.0.0/0, 169.254.169.254 0.0.0.0 0.1.2.3 224.0.0.251 240.0.0.1 255.255.255.255, 127.0.0.1",
        "10.1.0.0/16, 10.2.0.1 10.0.255.255 127.0.0.1 169.254.169.254, 10.1.255.255"
    })
    void noneOfTenThousandSpellingsLeadsToAForbiddenAddress(String allowed, String forbidden, String good) {
        var guard = new AddressGuard(List.of(AddressRange.of(allowed)), _ -> false);
        var targets = forbidden.split(" ");
        var understood = new HashMap<Integer, Integer>();
        for (int i = 0; i < SPELLINGS; i++) {
            int kind = random.nextInt(KINDS.size());
            var host = KINDS.get(kind).spell(bytes(targets[random.nextInt(targets.length)]), random);
            var url = scheme() + host + port() + "/hook";
            int tried = connect(guard, url, host);
            understood.merge(kind, tried, Integer::sum);

            assertThat(connected).as(url).allMatch(address -> mayBe(allowed, address));
            connected.clear();
        }
        assertThat(understood).as("spellings of each kind that are addresses").hasSize(KINDS.size());
        assertThat(understood.values()).allMatch(tries -> tries > 100);

        // And the same spellings of one that may be connected to are connected to, or the above says nothing.
        for (var kind : KINDS.subList(0, 8)) {
            connected.clear();
            var host = kind.spell(bytes(good), random);
            connect(guard, "http://" + host + "/", host);
            assertThat(connected).as(host).isNotEmpty();
        }
    }

    /** Counted by hand, not by the code that is tried. IPv6 is in none of them: what leads to IPv4 by another way is forbidden. */
    private static boolean mayBe(String range, InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return false;
        }
        int a = address.getAddress()[0] & 0xff;
        int b = address.getAddress()[1] & 0xff;
        int c = address.getAddress()[2] & 0xff;
        boolean nowhere = a == 0 || a >= 224 || a == 169 && b == 254;
        boolean inside = a == 10 || a == 172 && b / 16 == 1 || a == 192 && b == 168;
        return switch (range) {
            case "private" -> inside;
            case "10.1.0.0/16" -> a == 10 && b == 1;
            case "0.0.0.0/0" -> !nowhere;
            default ->
                !nowhere
                        && !inside
                        && a != 127
                        && !(a == 100 && b / 64 == 1)
                        && !(a == 192 && b == 0 && (c == 0 || c == 2))
                        && !(a == 192 && b == 88 && c == 99)
                        && !(a == 198 && (b / 2 == 9 || b == 51 && c == 100))
                        && !(a == 203 && b == 0 && c == 113);
        };
    }

    @Test
    void aNameThatWasNotLookedUpIsNotConnectedTo() {
        var guard = new AddressGuard(List.of(AddressRange.of("0.0.0.0/0")), _ -> false);

        guard.connect(
                context, InetSocketAddress.createUnresolved("shop.example", 80), LOCAL, mock(ChannelPromise.class));

        assertThat(connected).isEmpty();
    }

    /** Lets the guard judge what any parser reads in it; returns how many do. */
    private int connect(AddressGuard guard, String url, String host) {
        var hosts = Stream.of(host, hostOf(url)).distinct().map(AddressGuardTests::bare);
        var addresses = hosts.flatMap(AddressGuardTests::readings).distinct().toList();
        for (var address : addresses) {
            guard.connect(context, new InetSocketAddress(address, 80), LOCAL, mock(ChannelPromise.class));
        }
        return addresses.size();
    }

    private static String hostOf(String url) {
        try {
            return HttpAddress.of(url).getHost();
        } catch (IllegalArgumentException refused) {
            return ""; // already by its text
        }
    }

    private static String bare(String host) {
        var end = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return end.startsWith("[") ? end.substring(1, end.length() - 1) : end;
    }

    /** As the JDK reads it, strictly and as other systems do; and as the HTTP client's own library does. */
    private static Stream<InetAddress> readings(String host) {
        return Stream.<Function<String, InetAddress>>of(
                        InetAddress::ofLiteral, Inet4Address::ofPosixLiteral, AddressGuardTests::byNetty)
                .flatMap(parser -> {
                    try {
                        return Stream.of(parser.apply(host));
                    } catch (IllegalArgumentException noAddress) {
                        return Stream.empty();
                    }
                });
    }

    private static InetAddress byNetty(String host) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            throw new IllegalArgumentException(host);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String scheme() {
        return List.of("http://", "https://", "HTTP://").get(random.nextInt(3));
    }

    private String port() {
        return List.of("", ":80", ":08080", ":65535").get(random.nextInt(4));
    }

    private static int[] bytes(String address) {
        return Stream.of(address.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /** A way to write an IPv4 address. */
    @FunctionalInterface
    private interface Spelling {

        String spell(int[] four, Random random);
    }

    private static final List<Spelling> KINDS = List.of(
            (four, _) -> join(four, "%d"),
            (four, _) -> String.valueOf(number(four)),
            (four, random) -> "0x" + (random.nextBoolean() ? "" : "00") + Long.toHexString(number(four)),
            (four, random) -> join(four, random.nextBoolean() ? "0%o" : "000%o"),
            (four, random) -> join(four, random.nextBoolean() ? "0x%x" : "0X%02X"),
            (four, random) -> mixed(four, random),
            (four, _) -> "[::ffff:" + join(four, "%d") + "]",
            (four, random) -> "[0:0:0:0:0:" + (random.nextBoolean() ? "ffff" : "FFFF") + ":" + words(four) + "]",
            // By other ways to the same place; what leads there in no network here is forbidden as well.
            (four, _) -> "[::" + join(four, "%d") + "]",
            (four, _) -> "[64:ff9b::" + words(four) + "]",
            (four, random) -> "[2002:" + words(four) + "::" + Integer.toHexString(random.nextInt(0x10000)) + "]",
            (four, _) -> join(four, "%d") + ".");

    /** Each part in a base of its own, and the last ones together. */
    private static String mixed(int[] four, Random random) {
        int parts = random.nextInt(2, 5);
        var text = new StringBuilder();
        for (int i = 0; i < parts - 1; i++) {
            text.append(based(four[i], random)).append('.');
        }
        long rest = 0;
        for (int i = parts - 1; i < 4; i++) {
            rest = rest << 8 | four[i];
        }
        return text.append(based(rest, random)).toString();
    }

    private static String based(long number, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> String.valueOf(number);
            case 1 -> "0" + Long.toOctalString(number);
            default -> "0x" + Long.toHexString(number);
        };
    }

    private static long number(int[] four) {
        return (long) four[0] << 24 | four[1] << 16 | four[2] << 8 | four[3];
    }

    private static String words(int[] four) {
        return "%x:%x".formatted(four[0] << 8 | four[1], four[2] << 8 | four[3]);
    }

    private static String join(int[] four, String each) {
        return (each + "." + each + "." + each + "." + each).formatted(four[0], four[1], four[2], four[3]);
    }
}
