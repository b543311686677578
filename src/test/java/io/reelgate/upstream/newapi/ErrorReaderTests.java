package io.reelgate.upstream.newapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.Fixtures;
import io.reelgate.upstream.UpstreamError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both envelopes, and what comes instead of one. */
class ErrorReaderTests {

    private final ErrorReader reader = Fixtures.errors();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed-402 | insufficient_quota | Insufficient balance",
                "flat-insufficient-user-quota | insufficient_user_quota | user quota is not enough",
                "key-used-up | | 该令牌额度已用尽",
                "numeric-code | 1301 | system busy",
                "error-as-text | | unauthorized client",
                "no-words | | The upstream answered HTTP 418 without saying why.",
                "fail-to-fetch-task | fail_to_fetch_task | The request failed because the input text may contain sensitive"
                        + " information. (InputTextSensitiveContentDetected)",
                "message-in-message | fail_to_fetch_task | Your account has not activated the model. (ModelNotOpen)",
            })
    void readsBothEnvelopes(String fixture, @Nullable String code, String message) {
        assertThat(reader.read(418, Fixtures.read("error/" + fixture)).error())
                .isEqualTo(new UpstreamError(418, code, message));
    }

    @Test
    void saysAPlainLineAsItIs() {
        assertThat(reader.read(502, "Bad Gateway\n").error()).isEqualTo(new UpstreamError(502, null, "Bad Gateway"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "<html><h1>502</h1></html>", "[1,2]", "{\"error\":", "null"})
    void saysASentenceWhereTheUpstreamSaysNone(String text) {
        var error = reader.read(502, text.equals("null") ? "" : text).error();

        assertThat(error.message()).isNotBlank().doesNotContain("<", "{");
    }

    @Test
    void takesTheKeyOutOfEveryWord() {
        var json = "{\"error\":{\"code\":\"" + Fixtures.KEY + "\",\"message\":\"Incorrect key provided: Bearer "
                + Fixtures.KEY + " (" + Fixtures.KEY + ")\"}}";

        assertThat(reader.read(401, json).error())
                .isEqualTo(new UpstreamError(401, "[redacted]", "Incorrect key provided: [redacted] ([redacted])"));
    }

    @Test
    void takesTheKeyOutThoughItIsEscapedAndNested() {
        var escaped = Fixtures.KEY.replace("sk-", "\\u0073\\u006b-");
        var nested = "{\\\"error\\\":{\\\"message\\\":\\\"bad " + escaped.replace("\\", "\\\\") + "\\\"}}";

        assertThat(reader.read(401, "{\"message\":\"bad " + escaped + "\",\"code\":\"x\"}")
                        .error()
                        .message())
                .isEqualTo("bad [redacted]");
        assertThat(reader.read(401, "{\"message\":\"" + nested + "\",\"code\":\"x\"}")
                        .error()
                        .message())
                .isEqualTo("bad [redacted]");
    }

    @Test
    void makesEveryWordStorable() {
        var error = reader.read(400, "{\"code\":\"a\\u0000b\",\"message\":\"x\\u0000y \\ud83d z \\ud83d\\ude00\"}")
                .error();

        assertThat(error).isEqualTo(new UpstreamError(400, "a\uFFFDb", "x\uFFFDy \uFFFD z \uD83D\uDE00"));
    }

    @Test
    void boundsWhatItKeeps() {
        var error = reader.read(
                        400, "{\"code\":\"" + "c".repeat(999) + "\",\"message\":\"" + "😀".repeat(5_000) + "\"}")
                .error();

        assertThat(error.message()).hasSizeLessThanOrEqualTo(2_000).endsWith("😀…");
        assertThat(error.code()).hasSize(100);
    }

    @Test
    void breaksNoLogLine() {
        var error = new UpstreamError(400, "a\nb", "b\r\nERROR forged\u0085\u2028x");

        assertThat(error.message()).isEqualTo("b  ERROR forged  x");
        assertThat(error.oneLine()).isEqualTo("HTTP 400 a b: b  ERROR forged  x");
    }
}
