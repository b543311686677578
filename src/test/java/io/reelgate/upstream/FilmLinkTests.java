package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Film addresses, and when they end. */
class FilmLinkTests {

    @ParameterizedTest
    @CsvSource({
        "https://x.example/f?X-Tos-Date=20260731T000000Z&X-Tos-Expires=60, 2026-07-31T00:01:00Z",
        "https://x.example/f?x-tos-expires=60&x-tos-date=20260731T000000Z, 2026-07-31T00:01:00Z",
        "https://x.example/f?X-Amz-Date=20260731T000000Z&X-Amz-Expires=3600&X-Amz-Signature=s, 2026-07-31T01:00:00Z",
        "https://x.example/f?Expires=1784517678&Signature=s, 2026-07-20T03:21:18Z",
        "https://x.example/f?X-Tos-Expires=60,",
        "https://x.example/f?X-Tos-Date=20261331T000000Z&X-Tos-Expires=60,",
        "https://x.example/f?Expires=soon,",
        "https://x.example/f?Expires=999999999999999999,",
        "https://x.example/f?Expires=99999999999, 5138-11-16T09:46:39Z",
        "https://x.example/f?X-Amz-Date=99991231T235959Z&X-Amz-Expires=0, 9999-12-31T23:59:59Z",
        "https://x.example/f?X-Amz-Date=99991231T235959Z&X-Amz-Expires=1,",
        "https://x.example/f?X-Tos-Date=00000101T000000Z&X-Tos-Expires=60,",
        "https://x.example/f?Expires=0,",
        "https://x.example/f?Expires,",
        "https://x.example/f,"
    })
    void readsTheEndOfASignedAddress(String url, @Nullable Instant end) {
        assertThat(Objects.requireNonNull(FilmLink.of(url)).expiresAt()).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://x.example/f",
                "javascript:alert(1)",
                "httpx://x.example/f",
                "http:",
                "https:///f",
                "//x.example/f",
                "/v1/videos/x/content",
                "https://x.example/\u0000",
                "https://x.example/a\nb",
                "http failed",
                "https://x.example:port/%zz"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThat(FilmLink.of(text)).isNull();
    }

    @Test
    void escapesWhatMayNotStandInAHeader() {
        assertThat(Objects.requireNonNull(FilmLink.of(" https://x.example/手表 1.mp4?a=%20|b\uD83D "))
                        .address())
                .hasToString("https://x.example/%E6%89%8B%E8%A1%A8%201.mp4?a=%20%7Cb?");
    }

    @Test
    void takesNoEndlessAddress() {
        assertThat(FilmLink.of("https://x.example/" + "a".repeat(9_000))).isNull();
    }

    /** It is repeated in the head of an answer, where it has three characters for each byte that is not ASCII. */
    @Test
    void isNoneIfItIsTooLongOnceItIsEscaped() {
        assertThat(FilmLink.of("https://films.example/" + "影".repeat(900))).isNotNull();
        assertThat(FilmLink.of("https://films.example/" + "影".repeat(1_000))).isNull();
    }
}
