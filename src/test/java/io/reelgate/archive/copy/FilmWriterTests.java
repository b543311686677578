package io.reelgate.archive.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.MediaServer;
import io.reelgate.text.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmWriterTests {

    static final byte[] FILM = MediaServer.mp4(3, 40_000_000);

    @TempDir
    Path folder;

    @Test
    void measuresWhatItWrites() throws Exception {
        var file = folder.resolve("a.part");

        var film = new FilmWriter(Long.MAX_VALUE, () -> false).write(body(FILM.length), file);

        assertThat(film.size()).isEqualTo(FILM.length);
        assertThat(film.sha256()).isEqualTo(HexFormat.of().formatHex(Sha256.of(FILM)));
        assertThat(film.type()).isEqualTo("video/mp4");
        assertThat(file).hasBinaryContent(FILM);
    }

    @Test
    void aFilmOfUnknownLengthIsCountedWhileItComes() {
        assertThatExceptionOfType(UnfitFilmException.class)
                .isThrownBy(() -> new FilmWriter(1_000_000, () -> false).write(body(-1), folder.resolve("a.part")))
                .satisfies(unfit -> assertThat(unfit.forGood()).isTrue());
        assertThat(folder.resolve("a.part").toFile().length()).isLessThanOrEqualTo(1_000_000);
    }

    @Test
    void aDiskThatFillsUpMeanwhileEndsIt() {
        assertThatExceptionOfType(UnfitFilmException.class)
                .isThrownBy(() -> new FilmWriter(Long.MAX_VALUE, () -> true).write(body(-1), folder.resolve("a.part")))
                .satisfies(unfit -> {
                    assertThat(unfit.reason()).isEqualTo(Reason.STORE);
                    assertThat(unfit.forGood()).isFalse();
                });
        assertThat(folder.resolve("a.part").toFile().length()).isLessThan(20_000_000);
    }

    @Test
    void whoDripsIsNotWaitedForButASlowLineIs() {
        assertThat(FilmWriter.isTooSlow(100, Duration.ofSeconds(59).toNanos())).isFalse();
        assertThat(FilmWriter.isTooSlow(100, Duration.ofSeconds(61).toNanos())).isTrue();
        assertThat(FilmWriter.isTooSlow(100_000_000, Duration.ofMinutes(60).toNanos()))
                .isFalse();
    }

    private static Download.Body body(long announced) {
        return new Download.Body("video/mp4", announced, new ByteArrayInputStream(FILM));
    }
}
