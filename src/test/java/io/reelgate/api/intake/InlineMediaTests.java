package io.reelgate.api.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the description of inline media to the picture's own size and digest, however its Base64 is written. */
class InlineMediaTests {

    private static final byte[] PICTURE = picture(2_000);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);
    private static final String SUMMARY = "2000 bytes, sha256 " + sha256(PICTURE) + "]";

    /** The same picture as the libraries of this world write it into JSON. */
    static Stream<String> spellings() {
        return Stream.of(
                BASE64,
                BASE64.replace("=", ""),
                Base64.getUrlEncoder().encodeToString(PICTURE),
                BASE64.replace("/", "\\/"),
                BASE64.replace("+", "\\u002B"),
                BASE64.replace("/", "\\u002f").replace("+", "\\u002b").replace("=", "\\u003d"),
                BASE64.replaceAll("(.{76})", "$1\\\\r\\\\n"),
                BASE64.replaceAll("(.{64})", "$1\\\\n"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void describesADataUri(String base64) {
        assertThat(described("data:image/png;base64," + base64, false)).isEqualTo("[image/png: " + SUMMARY);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void describesBareBase64WhereItIsDocumented(String base64) {
        assertThat(described(base64, true)).isEqualTo("[media: " + SUMMARY);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void describesBareBase64WhereItIsNot(String base64) {
        assertThat(described(base64, false)).isEqualTo("[media: " + SUMMARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,",
                "data:image\\/png;base64,",
                "data:image\\u002fpng;base64,",
                "DATA:image/png;BASE64,",
                "data:image/png;name=a%20b.png;base64,"
            })
    void readsTheBeginningOfADataUri(String beginning) {
        assertThat(described(beginning + BASE64, false)).endsWith(": " + SUMMARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://assets.example.com/product-watch.jpg",
                "https:\\/\\/assets.example.com\\/product-watch.jpg",
                "asset://2026/watch",
                "data:image/svg+xml,%3Csvg%3E"
            })
    void keepsWhatIsNoMedia(String text) {
        assertThat(described(text, false)).isEqualTo(text);
        assertThat(described(text.startsWith("data:") ? "" : text, true))
                .isEqualTo(text.startsWith("data:") ? "" : text);
    }

    @Test
    void keepsLongTextThatIsNoMedia() {
        var text = "一款智能手表 a watch turns slowly, ".repeat(100);

        assertThat(described(text, false)).isEqualTo(text);
    }

    private static String described(String content, boolean expected) {
        var raw = ('"' + content + '"').getBytes(UTF_8);
        return InlineMedia.describe(raw, 1, raw.length - 1, expected).orElse(content);
    }

    private static byte[] picture(int size) {
        var bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
