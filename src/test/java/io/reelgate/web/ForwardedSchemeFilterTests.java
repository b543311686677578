package io.reelgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.net.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What an address in an answer begins with, by who the peer is, what it forwards, and the host that was asked for. */
class ForwardedSchemeFilterTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, https, gate.example.com,      https://gate.example.com",
        "10.0.0.1, HTTPS, gate.example.com,      https://gate.example.com",
        "10.0.0.1, https, gate.example.com:443,  https://gate.example.com",
        "10.0.0.1, https, gate.example.com:8443, https://gate.example.com:8443",
        "10.0.0.1, https, gate.example.com:80,   https://gate.example.com:80",
        "10.0.0.1, http,  gate.example.com,      http://gate.example.com",
        "10.0.0.1, ,      gate.example.com,      http://gate.example.com",
        "10.0.0.2, https, gate.example.com,      http://gate.example.com",
    })
    void isTheSchemeThatATrustedProxyNames(String peer, @Nullable String forwarded, String host, String address)
            throws Exception {
        var properties = new ProxyProperties(List.of(Network.of("10.0.0.1")));
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        request.addHeader("Host", host);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-Proto", forwarded);
        }
        var chain = new MockFilterChain();

        new ForwardedSchemeFilter(new ClientAddresses(properties))
                .doFilter(request, new MockHttpServletResponse(), chain);

        assertThat(chain.getRequest())
                .isInstanceOfSatisfying(
                        HttpServletRequest.class,
                        seen -> assertThat(ServletUriComponentsBuilder.fromContextPath(seen)
                                        .toUriString())
                                .isEqualTo(address));
    }
}
