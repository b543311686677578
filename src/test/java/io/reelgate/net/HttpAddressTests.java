package io.reelgate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTests {

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example.com,              http://hooks.example.com:80",
        "HTTPS://Hooks.Example.com/a?b=c#d,     https://hooks.example.com:443",
        "http://10.0.0.1:8080/hook,             http://10.0.0.1:8080",
        "http://[fd00::1]/hook,                 http://[fd00::1]:80",
        "http://hooks.example.com:80/,          http://hooks.example.com:80",
    })
    void anAddressHasAnOrigin(String text, String origin) {
        assertThat(HttpAddress.origin(HttpAddress.of(text))).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http",
                "//hooks.example.com",
                "hooks.example.com",
                "file:///etc/passwd",
                "http://",
                "http:///path",
                "http://:80/",
                "http://a@hooks.example.com",
                "http://a:b@hooks.example.com",
                "http://@hooks.example.com",
                "http://a@b@hooks.example.com",
                "http://a b/",
                "http://hooks.example.com/\n",
                "http://纸鸢.example.com",
                "http://hooks.example.com:0/",
                "http://hooks.example.com:65536/",
                "http://hooks.example.com:99999999999/",
                "http://[::1",
                "http://a_b/",
                "http://%31/"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> HttpAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/b?token=c, http://a/b?…",
        "http://a/b, http://a/b",
        "http://a/?, http://a/?…",
    })
    void queriesAreMasked(String address, String shown) {
        assertThat(HttpAddress.masked(URI.create(address).toString())).isEqualTo(shown);
    }
}
