package io.reelgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What is left of JSON is JSON with the same fields, and short strings are as they were. */
class LongStringsTests {

    @ParameterizedTest(name = "{index}")
    @MethodSource("strings")
    void cutsAStringWhereItIsStillOne(String content) {
        var json = "{\"a\":\"%s\",\"b\":[\"c\",{\"d\":\"\\\\\"}],\"e\":\"\\\"\",\"f\":1}".formatted(content);

        var thin = thin(json, 10_000);

        var read = JsonMapper.shared().readTree(thin);
        assertThat(read.path("a").stringValue().length()).isBetween(LongStrings.KEPT / 6 - 1, LongStrings.KEPT);
        assertThat(read.at("/b/1/d").stringValue()).isEqualTo("\\");
        assertThat(read.path("e").stringValue()).isEqualTo("\"");
        assertThat(read.path("f").intValue()).isEqualTo(1);
        assertThat(thin.length()).isLessThan(LongStrings.KEPT + 100);
    }

    static Stream<String> strings() {
        var half = "x".repeat(LongStrings.KEPT - 1);
        return Stream.of(
                "A".repeat(200_000),
                "\\\"".repeat(200_000),
                "\\\\".repeat(200_001),
                "\\u00e9".repeat(100_000),
                "\\ud83d\\ude00".repeat(50_000),
                "é".repeat(100_000),
                "{\\\"id\\\":\\\"no\\\"}".repeat(10_000),
                half + "\\u1234" + half,
                half + "\\\"" + half,
                half + "xé" + half);
    }

    @Test
    void leavesStringsOfUsualLengthAsTheyAre() {
        var json = "{\"a\":\"" + "x".repeat(LongStrings.KEPT) + "\"," + "\"b\":\"c\",".repeat(50_000) + "\"d\":null}";

        assertThat(thin(json, 4_096)).isEqualTo(json);
    }

    @Test
    void doesNotMindInWhichPiecesItComes() {
        var random = new Random(3);
        var alphabet = new String[] {"\\\"", "\\\\", "\\u00e9", "a", "é", "\\n"};
        for (var round = 0; round < 20; round++) {
            var json = new StringBuilder("[");
            for (var string = 0; string < 3; string++) {
                json.append('"');
                random.ints(random.nextInt(40_000), 0, alphabet.length).forEach(next -> json.append(alphabet[next]));
                json.append("\",");
            }
            var text = json.append("0]").toString();

            assertThat(thin(text, 1 + random.nextInt(50)))
                    .isEqualTo(thin(text, Integer.MAX_VALUE))
                    .satisfies(thin -> JsonMapper.shared().readTree(thin));
        }
    }

    private static String thin(String json, int atOnce) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        var strings = new LongStrings();
        var thin = new StringBuilder();
        var kept = new java.io.ByteArrayOutputStream();
        for (var start = 0; start < bytes.length; start += Math.min(atOnce, bytes.length - start)) {
            var piece = Arrays.copyOfRange(bytes, start, start + Math.min(atOnce, bytes.length - start));
            kept.write(piece, 0, strings.thin(piece, piece.length));
        }
        return thin.append(kept.toString(StandardCharsets.UTF_8)).toString();
    }
}
