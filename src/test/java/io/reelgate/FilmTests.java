package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A film without a link of its own: streamed, and never a part of it taken for the whole. */
@FullStackTest
@ExtendWith(OutputCaptureExtension.class)
class FilmTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    String film = "";

    @BeforeEach
    void begin() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"SUCCESS\"}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        film = GatewayClient.PATH + "/" + id + "/content";
    }

    @Test
    void aFilmThatBreaksOffBreaksTheConnection(CapturedOutput log) {
        upstream.onContent(_ -> Answer.ok("film".repeat(100_000))
                .with("Content-Type", "video/mp4")
                .announcing(800_000));

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> app.get(film));
        await().untilAsserted(() -> assertThat(log).contains("/content broke off: "));
        assertThat(log).doesNotContain("threw exception");
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

    @Test
    void aLinkThatOnlyTheKeyOpensIsToldNobodyAndItsFilmIsStreamed() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"SUCCESS\",\"result_url\":\"" + upstream.baseUrl()
                + "/v1/tasks/t/artifacts/0?variant=video\"}"));
        upstream.onContent(request -> request.header("Authorization").equals("Bearer " + LedgerUpstream.KEY)
                ? whole("film")
                : Answer.of(401, ""));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));

        assertThat(app.job(id).text("/url"))
                .doesNotStartWith(upstream.baseUrl())
                .endsWith(id + "/content");
        assertThat(app.get(GatewayClient.PATH + "/" + id + "/content").http().body())
                .isEqualTo("film");
    }

    @Test
    void aPartIsAskedForAndPassedOn() {
        upstream.onContent(request -> request.header("Range").equals("bytes=1-2")
                ? part("il", "bytes 1-2/4").with("ETag", "\"v1\"").with("Accept-Ranges", "bytes")
                : Answer.of(500, ""));

        var answer = app.get(film, "Range", "bytes=1-2");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.http().body()).isEqualTo("il");
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 1-2/4");
        assertThat(answer.header("Content-Length")).isEqualTo("2");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(answer.header("ETag")).isEqualTo("\"v1\"");
    }

    @Test
    void aPartIsAskedForOnTheSameCondition() {
        upstream.onContent(request -> whole(request.header("Range") + " " + request.header("If-Range")));

        assertThat(app.get(film, "Range", "bytes=1-", "If-Range", "\"v1\"")
                        .http()
                        .body())
                .isEqualTo("bytes=1- \"v1\"");
        var date = "Tue, 24 Nov 2026 08:00:00 GMT";
        assertThat(app.get(film, "Range", "bytes=-5", "If-Range", date).http().body())
                .isEqualTo("bytes=-5 " + date);
    }

    /** It has no ranges, or the condition does not hold. */
    @Test
    void theWholeIsPassedOnWhereTheUpstreamGivesNoPart() {
        upstream.onContent(_ -> whole("film"));

        var answer = app.get(film, "Range", "bytes=1-2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().body()).isEqualTo("film");
        assertThat(answer.header("Content-Length")).isEqualTo("4");
        assertThat(answer.header("Content-Range")).isEmpty();
        assertThat(answer.header("Accept-Ranges")).isEmpty();
    }

    @Test
    void aPartBehindTheEndIsAnErrorThatSaysWhereTheEndIs() {
        upstream.onContent(_ -> Answer.of(416, "<html>").with("Content-Range", "bytes */4"));

        var answer = app.get(film, "Range", "bytes=9-");

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */4");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.text("/error/code")).isEqualTo("range_not_satisfiable");
        assertThat(answer.http().body()).doesNotContain("html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-2",
                "bytes=1-2;3-4",
                "bytes 1-2",
                "items=1-2",
                "bytes=0000000000000000000-1",
                "bytes=0-1,1-2,2-3,3-4,4-5,5-6,6-7,7-8,8-9,9-10,10-11"
            })
    void nonsenseIsNoPart(String range) {
        upstream.onContent(request -> whole("range:" + request.header("Range")));

        assertThat(app.get(film, "Range", range).http().body()).isEqualTo("range:");
        assertThat(app.get(film, "Range", "bytes=1-2", "Range", "bytes=3-4")
                        .http()
                        .body())
                .isEqualTo("range:");
    }

    /** A part on a condition that cannot be passed on would be a part of another film. */
    @ParameterizedTest
    @ValueSource(strings = {"v1", "W/\"v1\"", "yesterday", "\"v1\", \"v2\""})
    void nonsenseIsNoCondition(String condition) {
        upstream.onContent(request -> whole("range:" + request.header("Range") + request.header("If-Range")));

        assertThat(app.get(film, "Range", "bytes=1-2", "If-Range", condition)
                        .http()
                        .body())
                .isEqualTo("range:");
    }

    @Test
    void severalPartsAreAskedFor() {
        upstream.onContent(request ->
                request.header("Range").equals("bytes=0-0,1-2,-1") ? part("film", "bytes 0-3/4") : Answer.of(500, ""));

        var answer = app.get(film, "Range", "Bytes=0-0, 1-2 ,-1");

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 0-3/4");
    }

    /** Its inner parts have headers and types of their own, which nobody has looked at. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/byteranges; boundary=b | bytes 1-2/4 |          ",
                "video/mp4                        |             |          ",
                "video/mp4                        | bytes 2-1/4 |          ",
                "video/mp4                        | bytes 1-4/4 |          ",
                "video/mp4                        | bytes 0-2/4 |          ",
                "video/mp4                        | items 1-2/4 |          ",
                "video/mp4                        | bytes 1-2/4 | gzip     "
            })
    void theWholeIsAskedForWhereAPartMakesNoSense(String type, String range, String coding) {
        upstream.onContent(request -> {
            if (request.header("Range").isEmpty()) {
                return whole("film");
            }
            var part = Answer.of(206, "il").with("Content-Type", type);
            part = range == null ? part : part.with("Content-Range", range);
            return coding == null ? part : part.with("Content-Encoding", coding);
        });

        var answer = app.get(film, "Range", "bytes=1-2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().body()).isEqualTo("film");
        assertThat(answer.header("Content-Range")).isEmpty();
    }

    @Test
    void aPartThatNobodyAskedForIsNoFilm() {
        upstream.onContent(_ -> part("il", "bytes 1-2/4"));

        assertThat(app.get(film).status()).isEqualTo(503);
    }

    @Test
    void aLookAtTheHeadersIsOneAtTheWhole() {
        upstream.onContent(
                request -> whole("film").with("Accept-Ranges", "bytes").with("X-Range", request.header("Range")));

        var answer = app.send(app.request(film).header("Range", "bytes=1-2").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("4");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(upstream.polls().getLast().header("Range")).isEmpty();
    }

    @Test
    void ofAPartThatBreaksOffAtOnceNothingIsLeftInTheError() {
        upstream.onContent(
                _ -> part("i", "bytes 1-500000/800000").with("ETag", "\"v1\"").announcing(500_000));

        var answer = app.get(film, "Range", "bytes=1-500000");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/error/code")).isEqualTo("content_unavailable");
        assertThat(answer.header("Content-Range")).isEmpty();
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.header("Accept-Ranges")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "video/mp4; key=" + LedgerUpstream.KEY + "         | video/mp4",
                "VIDEO/WebM; codecs=\"vp9\"                        | video/webm",
                "video/" + LedgerUpstream.KEY + "                  | video/mp4",
                "application/octet-stream; k=" + LedgerUpstream.KEY + " | application/octet-stream"
            })
    void ofATypeNothingIsPassedOnButTheType(String type, String passedOn) {
        upstream.onContent(_ -> Answer.ok("film")
                .with("Content-Type", type)
                .with("ETag", "\"" + LedgerUpstream.KEY + "\"")
                .with("Last-Modified", LedgerUpstream.KEY)
                .with("Content-Disposition", "inline; filename=" + LedgerUpstream.KEY));

        var answer = app.get(film);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(passedOn);
        assertThat(answer.http().headers().toString()).doesNotContainIgnoringCase(LedgerUpstream.KEY);
    }

    private static Answer whole(String film) {
        return Answer.ok(film).with("Content-Type", "video/mp4");
    }

    private static Answer part(String bytes, String range) {
        return Answer.of(206, bytes).with("Content-Type", "video/mp4").with("Content-Range", range);
    }
}
