package io.reelgate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTests {

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "223.255.255.254", "101.35.204.1", "2606:4700::1111", "2400:3200::1"})
    void whatAnybodyHasIsPublic(String address) {
        assertThat(AddressRange.of("public").contains(of(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "127.0.0.1",
                "127.255.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "100.64.0.1",
                "169.254.169.254",
                "192.0.0.192",
                "198.18.0.1",
                "203.0.113.7",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsSpecialIsNotPublic(String address) {
        assertThat(AddressRange.of("public").contains(of(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "private, 10.1.2.3, true",
        "private, 172.16.0.1, true",
        "private, fd00::1, true",
        "private, 127.0.0.1, false",
        "private, 8.8.8.8, false",
        "loopback, 127.0.0.9, true",
        "loopback, ::1, true",
        "loopback, 10.0.0.1, false",
        "10.1.0.0/16, 10.1.9.9, true",
        "10.1.0.0/16, ::ffff:10.1.9.9, true",
        "10.1.0.0/16, 10.2.0.1, false",
        "10.1.2.3, 10.1.2.3, true"
    })
    void namesAndNetworks(String range, String address, boolean in) {
        assertThat(AddressRange.of(range).contains(of(address))).isEqualTo(in);
    }

    /** Clouds answer there with their credentials: no configuration opens it. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "169.254.0.0/16", "169.254.169.254"})
    void someAddressesAreInNoRange(String range) {
        assertThat(AddressRange.of(range).contains(of("169.254.169.254"))).isFalse();
    }

    @Test
    void aTypingErrorIsNoNetwork() {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of("pubic"));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of("10.0.0.0/33"));
    }

    private static InetAddress of(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
