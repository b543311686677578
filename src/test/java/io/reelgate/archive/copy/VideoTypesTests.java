package io.reelgate.archive.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.MediaServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoTypesTests {

    static final byte[] MP4 = Arrays.copyOf(MediaServer.mp4(1, 100), VideoTypes.HEAD);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"binary/octet-stream", "application/octet-stream", "text/html", "application/xml"})
    void aFilmsBeginningMakesItAFilmWhateverItIsSaidToBe(String said) {
        assertThat(VideoTypes.of(MP4, said)).isEqualTo("video/mp4");
    }

    @ParameterizedTest
    @CsvSource({"video/mp4, video/mp4", "video/x-matroska, video/x-matroska", "VIDEO/MP4, video/mp4"})
    void aVideoTypeIsBelieved(String said, String type) {
        assertThat(VideoTypes.of(new byte[] {9, 8, 7}, said)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "  <?xml", "{\"error\":1}", "[]", "", "   "})
    void aPageIsNoFilmWhateverItIsSaidToBe(String page) {
        assertThat(VideoTypes.of(page.getBytes(StandardCharsets.UTF_8), "video/mp4"))
                .isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"application/octet-stream", "text/plain", "audio/mp4", "video/", "video/x;y"})
    void withoutATypeAndABeginningItIsNone(String said) {
        assertThat(VideoTypes.of("what is this?".getBytes(StandardCharsets.UTF_8), said))
                .isNull();
    }

    @Test
    void quickTimeAndWebMAreTold() {
        assertThat(VideoTypes.of("....ftypqt  ....".getBytes(StandardCharsets.ISO_8859_1), null))
                .isEqualTo("video/quicktime");
        assertThat(VideoTypes.of(new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, 1}, null))
                .isEqualTo("video/webm");
    }
}
