package io.reelgate.net;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255",
        "10.1.2.3/8, 10.9.9.9",
        "172.16.0.0/12, 172.31.0.1",
        "192.0.2.128/25, 192.0.2.255",
        "192.0.2.7, 192.0.2.7",
        "0.0.0.0/0, 203.0.113.9",
        "10.0.0.0/8, ::ffff:10.0.0.1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::1, 0:0:0:0:0:0:0:1",
        "fc00::/7, fd12:3456::1",
        "fe80::/10, fe80::1%2",
        "2001:db8::/33, 2001:db8:7fff::1",
        "::/0, 2001:db8::1"
    })
    void contains(String network, String address) {
        assertThat(Network.of(network).contains(requireNonNull(Network.address(address))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.1",
        "172.16.0.0/12, 172.32.0.1",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.7, 192.0.2.8",
        "10.0.0.0/8, a00::1",
        "10.0.0.0/8, ::10.0.0.1",
        "0.0.0.0/0, 2001:db8::1",
        "::/0, 10.0.0.1",
        "fc00::/7, fe00::1",
        "2001:db8::/33, 2001:db8:8000::1"
    })
    void doesNotContain(String network, String address) {
        assertThat(Network.of(network).contains(requireNonNull(Network.address(address))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "10.0", "localhost", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "256.0.0.1/8"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of(text)).withMessageContaining("'" + text + "'");
    }

    @Test
    void looksUpNoNames() {
        assertThat(Network.address("localhost")).isNull();
        assertThat(Network.address("unknown")).isNull();
    }
}
