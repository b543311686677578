package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A film without a link of its own: streamed, and never a part of it taken for the whole. */
@FullStackTest
class FilmTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    GatewayClient app;
    String film = "";

    @BeforeEach
    void begin(@LocalServerPort int port) {
        upstream.reset();
        jdbc.sql("truncate video_job, quota_incident cascade").update();
        app = new GatewayClient(port);
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"SUCCESS\"}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        film = GatewayClient.PATH + "/" + id + "/content";
    }

    @Test
    void aFilmThatBreaksOffBreaksTheConnection() {
        upstream.onContent(_ -> Answer.ok("film".repeat(100_000))
                .with("Content-Type", "video/mp4")
                .announcing(800_000));

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> app.get(film));
    }

    @Test
    void aFilmThatBreaksOffAtOnceIsAnErrorThatCanBeRead() {
        upstream.onContent(
                _ -> Answer.ok("film").with("Content-Type", "video/mp4").announcing(800_000));

        var answer = app.get(film);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/error/code")).isEqualTo("content_unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | application/json | {\"error\":{\"message\":\"gone\"}}",
                "200 | text/html        | <script>alert(1)</script>",
                "500 | text/plain       | oops"
            })
    void whatIsNoFilmIsNotPassedOn(int status, String type, String body) {
        upstream.onContent(_ -> Answer.of(status, body).with("Content-Type", type));

        var answer = app.get(film);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.text("/error/code")).isEqualTo("content_unavailable");
    }

    @Test
    void aRedirectIsPassedOnWithoutTheKey() {
        upstream.onContent(_ -> Answer.of(302, "").with("Location", "https://cdn.example.com/b.mp4?sign=1"));

        var answer = app.get(film);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("https://cdn.example.com/b.mp4?sign=1");
    }

    /** Were the film transferred to be dropped, its breaking off would show. */
    @Test
    void aLookAtTheHeadersTransfersNoFilm() {
        upstream.onContent(
                _ -> Answer.ok("film").with("Content-Type", "video/mp4").announcing(800_000));

        var answer = app.send(app.request(film).method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(answer.header("Content-Length")).isEqualTo("800000");
    }
}
