package io.reelgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.net.Network;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTests {

    @Test
    void believesNobodyByDefault() {
        assertThat(seen(List.of(), "127.0.0.1", "203.0.113.9")).isEqualTo("127.0.0.1");
    }

    @Test
    void believesATrustedProxy() {
        assertThat(seen(List.of("127.0.0.1"), "127.0.0.1", "203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void doesNotBelieveAStranger() {
        assertThat(seen(List.of("192.168.0.1"), "203.0.113.9", "10.0.0.1")).isEqualTo("203.0.113.9");
    }

    @Test
    void stopsAtTheFirstStrangerFromTheRight() {
        assertThat(seen(List.of("10.0.0.0/8"), "10.0.0.1", "127.0.0.1, 203.0.113.9, 10.0.0.2"))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void readsSeveralHeaderLinesAsOne() {
        assertThat(seen(List.of("10.0.0.0/8"), "10.0.0.1", "127.0.0.1", "203.0.113.9, 10.0.0.2"))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void takesTheLeftmostIfAllAreTrusted() {
        assertThat(seen(List.of("10.0.0.0/8"), "10.0.0.1", "10.0.0.3, 10.0.0.2"))
                .isEqualTo("10.0.0.3");
    }

    @Test
    void takesTheProxyItselfIfItNamesNobody() {
        assertThat(seen(List.of("10.0.0.0/8"), "10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void dropsPorts() {
        assertThat(seen(List.of("10.0.0.1"), "10.0.0.1", "203.0.113.9:4711")).isEqualTo("203.0.113.9");
        assertThat(seen(List.of("10.0.0.1"), "10.0.0.1", "[2001:db8::1]:4711")).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void knowsNobodyBehindAnUnreadableName() {
        assertThat(seen(List.of("10.0.0.1"), "10.0.0.1", "unknown")).isNull();
        assertThat(seen(List.of("10.0.0.1"), "10.0.0.1", "192.168.0.1, ")).isNull();
    }

    private static @Nullable String seen(List<String> trusted, String peer, String... forwardedFor) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        Stream.of(forwardedFor).forEach(line -> request.addHeader("X-Forwarded-For", line));
        var networks = trusted.stream().map(Network::of).toList();
        var address = new ClientAddresses(new ProxyProperties(networks)).of(request);
        return address == null ? null : address.getHostAddress();
    }
}
