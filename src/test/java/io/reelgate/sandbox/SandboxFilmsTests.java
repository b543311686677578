package io.reelgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Holds the films to what browsers and the gateway need of them. */
class SandboxFilmsTests {

    private final SandboxFixture sandbox = new SandboxFixture();

    @Test
    void areMp4ThatStartsWithItsIndex() throws IOException {
        var film = film();

        assertThat(film).hasSizeBetween(10_000, 150_000);
        assertThat(new String(film, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        var text = new String(film, StandardCharsets.ISO_8859_1);
        assertThat(text.indexOf("moov")).isBetween(1, text.indexOf("mdat"));
        assertThat(text).contains("avc1");
    }

    @Test
    void areServedWithoutAKey() throws IOException {
        sandbox.turnTo(Duration.ofHours(24));

        assertThat(sandbox.film(SandboxFixture.task(Ending.FILM)))
                .hasStatusOk()
                .hasHeader(SandboxMark.HEADER, "true")
                .hasContentType("video/mp4")
                .hasHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
                .body()
                .isEqualTo(film());
    }

    @Test
    void areServedInParts() throws IOException {
        sandbox.turnTo(Duration.ofSeconds(6));

        var film = film();
        assertThat(sandbox.film(SandboxFixture.task(Ending.FILM)).header(HttpHeaders.RANGE, "bytes=100-199"))
                .hasStatus(HttpStatus.PARTIAL_CONTENT)
                .hasContentType("video/mp4")
                .hasHeader(HttpHeaders.CONTENT_RANGE, "bytes 100-199/" + film.length)
                .body()
                .isEqualTo(Arrays.copyOfRange(film, 100, 200));
    }

    @Test
    void areForgottenWhenTheyAreToBe() {
        var task = SandboxFixture.task(Ending.FILM);
        sandbox.turnTo(Duration.ofSeconds(6));

        assertThat(sandbox.http.delete().uri("/sandbox/upstream/films/{id}.mp4", task.id()))
                .hasStatus(HttpStatus.NO_CONTENT);

        assertThat(sandbox.film(task)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(sandbox.content(task)).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(sandbox.http.delete().uri("/sandbox/upstream/films/nothing.mp4"))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void areGoneWhenTheirUrlHasEnded() {
        var task = SandboxFixture.task(Ending.FILM);

        sandbox.turnTo(Duration.ofHours(24).plusSeconds(6));
        assertThat(sandbox.film(task))
                .hasStatus(HttpStatus.FORBIDDEN)
                .bodyText()
                .contains("Request has expired");
        assertThat(sandbox.content(task)).hasStatusOk();
    }

    @Test
    void areNotThereBeforeTheEnd() {
        var task = SandboxFixture.task(Ending.FILM);
        sandbox.turnTo(Duration.ofMillis(5_999));

        assertThat(sandbox.film(task)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(sandbox.content(task))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.error.message")
                .isEqualTo("Task is not completed yet, current status: IN_PROGRESS");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"FILM_WITHOUT_URL", "FAILURE", "LOSS"})
    void haveNoUrlUnlessTheTaskHas(Ending ending) {
        sandbox.turnTo(Duration.ofSeconds(6));

        assertThat(sandbox.film(SandboxFixture.task(ending))).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void areStreamedWithTheKey() throws IOException {
        sandbox.turnTo(Duration.ofSeconds(6));

        assertThat(sandbox.content(SandboxFixture.task(Ending.FILM_WITHOUT_URL)))
                .hasStatusOk()
                .hasHeader(SandboxMark.HEADER, "true")
                .hasContentType("video/mp4")
                .body()
                .isEqualTo(film());
        assertThat(sandbox.content(SandboxFixture.task(Ending.LOSS))).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void areStreamedInPartsWithTheKey() throws IOException {
        sandbox.turnTo(Duration.ofSeconds(6));

        var film = film();
        assertThat(sandbox.content(SandboxFixture.task(Ending.FILM_WITHOUT_URL))
                        .header(HttpHeaders.RANGE, "bytes=-100"))
                .hasStatus(HttpStatus.PARTIAL_CONTENT)
                .hasHeader(
                        HttpHeaders.CONTENT_RANGE,
                        "bytes %d-%d/%d".formatted(film.length - 100, film.length - 1, film.length))
                .body()
                .isEqualTo(Arrays.copyOfRange(film, film.length - 100, film.length));
    }

    private static byte[] film() throws IOException {
        return new ClassPathResource("sandbox/film.mp4").getContentAsByteArray();
    }
}
