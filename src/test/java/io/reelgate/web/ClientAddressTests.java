package io.reelgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Who sent a request, and who counts as the same. */
class ClientAddressTests {

    @Test
    void isWhomTheGuardFoundElseThePeer() {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr("10.0.0.1");
        assertThat(ClientAddress.of(request)).isEqualTo("10.0.0.1");

        request.setAttribute(ClientAddress.ATTRIBUTE, "192.168.0.9");
        assertThat(ClientAddress.of(request)).isEqualTo("192.168.0.9");
    }

    @Test
    void countsTheAddressesOfOneSixtyFourAsOne() {
        assertThat(network("fd00:1:2:3::1"))
                .isEqualTo(network("fd00:1:2:3:ffff::2"))
                .isNotEqualTo(network("fd00:1:2:4::1"));
        assertThat(network("fe80::1%eth0")).isEqualTo(network("fe80::2"));
        assertThat(network("10.0.0.1")).isNotEqualTo(network("10.0.0.2"));
    }

    private static String network(String address) {
        var request = new MockHttpServletRequest();
        request.setAttribute(ClientAddress.ATTRIBUTE, address);
        return ClientAddress.networkOf(request);
    }
}
