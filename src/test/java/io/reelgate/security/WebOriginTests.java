package io.reelgate.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTests {

    @Test
    void foldsCaseAndTheSchemesOwnPort() {
        assertThat(WebOrigin.of("HTTPS://Films.Example.com:443")).isEqualTo(WebOrigin.of("https://films.example.com"));
        assertThat(WebOrigin.of("https://films.example.com:80"))
                .isNotEqualTo(WebOrigin.of("https://films.example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "films.example.com",
                "https://films.example.com/",
                "https://a@b.c",
                "https://b.c?q"
            })
    void refusesWhatIsNoOrigin(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebOrigin.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "http://gate:8080, gate:8080, true",
        "http://gate, gate, true",
        "https://gate, gate, true",
        "https://gate, gate:443, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://gate:8080, gate, false",
        "http://gate:3000, gate:8080, false",
        "http://evil, gate, false",
        "http://gate, , false"
    })
    void addressesItsOwnHostOnly(String origin, String host, boolean own) {
        assertThat(requireNonNull(WebOrigin.parse(origin)).addresses(host)).isEqualTo(own);
    }
}
