package io.reelgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.upstream.Packed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

/** Unpacking, in whatever pieces the bytes come and are taken. */
class UnpackerTests {

    private static final String TEXT = "{\"url\":\"片\\u7247\"} ".repeat(1_000);

    static Stream<Arguments> codings() {
        return Stream.of(
                Arguments.of("gzip", Packed.gzip(TEXT)),
                Arguments.of("gzip", Packed.gzipWithEveryField(TEXT)),
                Arguments.of("deflate", Packed.zlib(TEXT)),
                Arguments.of("deflate", Packed.rawDeflate(TEXT)),
                Arguments.of("gzip", TEXT.getBytes(StandardCharsets.UTF_8)),
                Arguments.of("deflate", TEXT.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void doesNotMindInWhichPiecesTheBytesCome(String coding, byte[] packed) {
        for (var fed : new int[] {1, 3, 100, 100_000}) {
            for (var taken : new int[] {1, 7, 100_000}) {
                assertThat(unpacked(coding, packed, fed, taken)).isEqualTo(TEXT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codings")
    void isReadAsAStream(String coding, byte[] packed) throws Exception {
        try (var stream = new UnpackedStream(new ByteArrayInputStream(packed), unpacker(coding))) {
            assertThat(stream.read()).isEqualTo('{');
            assertThat(stream.skip(5)).isPositive();
        }
        try (var stream = new UnpackedStream(new ByteArrayInputStream(packed), unpacker(coding))) {
            assertThat(stream.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void ignoresWhatStandsBehindTheEnd() {
        for (var end : new byte[][] {{0}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {'\r', '\n'}}) {
            assertThat(unpacked("gzip", joined(Packed.gzip(TEXT), end), 100, 100))
                    .isEqualTo(TEXT);
            assertThat(unpacked("deflate", joined(Packed.zlib(TEXT), end), 100, 100))
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void keepsNoHeadWithoutEnd() {
        var endless = new byte[200_000];
        Arrays.fill(endless, (byte) 'a');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0}, 0, endless, 0, 10);

        assertThatExceptionOfType(UnreadableBody.class).isThrownBy(() -> unpacked("gzip", endless, 8_192, 8_192));
    }

    /** Whatever comes ends, in bytes or in one kind of failure. */
    @Test
    void survivesRubbish() {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++) {
            var packed = round % 2 == 0 ? Packed.gzip("abc".repeat(50)) : Packed.zlib("abc".repeat(50));
            for (var change = 0; change < 3; change++) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt();
            }
            var cut = Arrays.copyOf(packed, random.nextInt(packed.length + 1));
            try {
                unpacked(round % 3 == 0 ? "deflate" : "gzip", cut, 1 + random.nextInt(20), 1 + random.nextInt(20));
            } catch (UnreadableBody expected) {
                assertThat(expected.reason()).startsWith("the answer ");
            }
        }
    }

    private static String unpacked(String coding, byte[] packed, int fed, int taken) {
        var plain = new ByteArrayOutputStream();
        var target = new byte[taken];
        try (var unpacker = unpacker(coding)) {
            for (var start = 0; start < packed.length; start += fed) {
                var piece = Arrays.copyOfRange(packed, start, Math.min(packed.length, start + fed));
                unpacker.feed(piece, piece.length);
                for (int count; (count = unpacker.read(target, 0, taken)) > 0; ) {
                    plain.write(target, 0, count);
                }
            }
            unpacker.end();
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static Unpacker unpacker(String coding) {
        var headers = new HttpHeaders();
        headers.setAll(Map.of(HttpHeaders.CONTENT_ENCODING, coding));
        return Objects.requireNonNull(ContentCoding.of(headers).unpacker());
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
