package io.reelgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many tokens a request comes to: cases of the provider's own pages first. */
class VideoSpecTests {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // resolution, ratio, seconds, duration, size, a film to go by, tokens
                "720p, -,        4,  -,   -,         false,  87300",
                "720p, -,        5,  -,   -,         false, 108900",
                "-,    -,        -,  -,   480x854,   false,  50638",
                "-,    -,        5,  -,   480x854,   false,  50638",
                "480p, -,        5,  -,   -,         false,  50638",
                "1080p, -,       5,  -,   -,         false, 245025",
                "4k,   -,        5,  -,   -,         false, 980100",
                "-,    -,        -,  -,   -,         false, 108900",
                "-,    -,        -,  4,   -,         false,  87300",
                "-,    -,        -,  4.0, -,         false,  87300",
                "-,    -,        5,  4,   -,         false, 108900",
                "-,    -,       -1,  -,   -,         false, 324900",
                "-,    -,        -, -1,   -,         false, 324900",
                "-,    -,     soon,  4,   -,         false,  87300",
                "-,    -,       -7,  -,   -,         false, 108900",
                "-,    -,  1000000,  -,   -,         false, 1296900",
                "-,    -,        5,  -,   720x1280,  false, 108900",
                "-,    -,        5,  -,   1080x1920, false, 245025",
                "-,    -,        5,  -,   1080X1920, false, 245025",
                "-,    -,        5,  -,   2160x3840, false, 980100",
                "-,    -,        5,  -,   960x960,   false, 108900",
                "-,    -,        5,  -,   640x640,   false,  48400",
                "-,    -,        5,  -,   560x752,   false,  49761",
                "-,    -,        5,  -,   1470x630,  false, 109431",
                "720p, -,        5,  -,   480x854,   false, 108900",
                "720p, 1:1,      5,  -,   480x854,   false, 108900",
                "480p, 1:1,      5,  -,   480x854,   false,  48400",
                "480p, 21:9,     5,  -,   -,         false,  50638",
                "480p, 3:4,      5,  -,   -,         false,  49761",
                "480p, adaptive, 5,  -,   640x640,   false,  48400",
                "480p, adaptive, 5,  -,   -,         false,  50638",
                "9k,   -,        5,  -,   480x854,   false,  50638",
                "-,    -,        5,  -,   large,     false, 108900",
                "-,    -,        5,  -,   720p,      false, 108900",
                "-,    -,        5,  -,   0x0,       false, 108900",
                "720p, -,        4,  -,   -,         true,  411300"
            })
    void comesToSoManyTokens(
            @Nullable String resolution,
            @Nullable String ratio,
            @Nullable String seconds,
            @Nullable String duration,
            @Nullable String size,
            boolean videoInput,
            long tokens) {
        var film = new VideoSpec(resolution, ratio, seconds, duration, size, videoInput);

        assertThat(film.tokens()).isEqualTo(tokens);
    }

    @Test
    void countsTheSecondsOfAFilmThatItGoesByToo() {
        assertThat(VideoSpec.tokens(1280 * 720, 4, 4)).isEqualTo(173_700);
    }
}
