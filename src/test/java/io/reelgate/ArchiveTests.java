package io.reelgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.MediaServer.Reply;
import io.reelgate.archive.store.ArchiveWatch;
import io.reelgate.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Films are fetched once, checked, and served long after their links have died. */
@FullStackTest
@TestPropertySource(
        properties = {
            "reelgate.archive.store=filesystem",
            "reelgate.archive.allowed-networks=loopback",
            "reelgate.archive.max-size=1MB",
            "reelgate.archive.longest-stall=1s"
        })
@ExtendWith(OutputCaptureExtension.class)
class ArchiveTests {

    static final String LINK = "/film.mp4";

    static final byte[] FILM = MediaServer.mp4(1, 300_000);

    @TempDir
    static Path folder;

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ArchiveWatch watch;

    MediaServer media = new MediaServer();

    @DynamicPropertySource
    static void archive(DynamicPropertyRegistry registry) {
        registry.add("reelgate.archive.path", () -> folder.toString());
    }

    @BeforeEach
    void begin() {
        media.serve(LINK, Reply.film(FILM));
    }

    @AfterEach
    void end() {
        media.close();
    }

    @Test
    void aFilmIsFetchedOnceAndServedWhenItsHostIsGone() throws Exception {
        var id = ended(link(LINK, Duration.ofHours(24)));

        kept(id);
        media.close();
        var film = bytes(id);

        assertThat(film.statusCode()).isEqualTo(200);
        assertThat(film.body()).isEqualTo(FILM);
        assertThat(film.headers().firstValue("ETag")).hasValue("\"" + sha256(FILM) + "\"");
        assertThat(film.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(film.headers().firstValue("Content-Disposition")).hasValue("inline; filename=\"" + id + ".mp4\"");
        assertThat(film.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(film.headers().firstValue("Content-Security-Policy")).hasValue("sandbox");
        assertThat(media.gets(LINK)).isEqualTo(1);
        assertThat(stored(id)).hasBinaryContent(FILM);
        assertThat(works()).isEmpty();
    }

    @Test
    void theLinkNeverSeesTheKey() {
        kept(ended(link(LINK, Duration.ofHours(24))));

        assertThat(media.asked(LINK).getFirst().toString())
                .doesNotContain(LedgerUpstream.KEY)
                .doesNotContainIgnoringCase("authorization");
    }

    @Test
    void theAnswerGivesTheGatewaysOwnAddressOnceTheFilmIsKept() {
        var held = new CountDownLatch(1);
        media.serve(LINK, Reply.film(FILM).stalledBy(held));
        var link = link(LINK, Duration.ofHours(24));

        var id = ended(link);
        var before = app.job(id);
        held.countDown();
        kept(id);
        var after = app.job(id);

        assertThat(before.text("/url")).isEqualTo(link);
        assertThat(before.body().at("/expires_at").asLong())
                .isGreaterThan(Instant.now().getEpochSecond());
        assertThat(after.text("/url")).endsWith(GatewayClient.PATH + "/" + id + "/content");
        assertThat(after.text("/output/video_url")).isEqualTo(after.text("/url"));
        assertThat(after.body().at("/expires_at").isNull()).isTrue();
        assertThat(app.get(GatewayClient.PATH + "?limit=1").text("/data/0/url")).isEqualTo(after.text("/url"));
    }

    @Test
    void aFilmWithoutALinkIsFetchedWithTheKeyOnce() throws Exception {
        upstream.onContent(_ -> Answer.ok("ftyp film").with("Content-Type", "video/mp4"));
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"SUCCESS\"}"));
        var id = app.submit(GatewayClient.body("kite")).id();

        kept(id);
        upstream.onContent(_ -> Answer.of(404, "{}"));

        assertThat(bytes(id).body()).isEqualTo("ftyp film".getBytes(UTF_8));
        assertThat(upstream.polls().stream().filter(request -> request.path().endsWith("/content")))
                .hasSize(1)
                .allSatisfy(request ->
                        assertThat(request.header("Authorization")).isEqualTo("Bearer " + LedgerUpstream.KEY));
    }

    @Nested
    class Trouble {

        @Test
        void aFilmThatBreaksOffIsFetchedAgainAndNoHalfOfItIsEverServed() throws Exception {
            media.serve(
                    LINK,
                    get -> get == 1 ? Reply.film(MediaServer.mp4(1, 200_000)).announcing(300_000) : Reply.film(FILM));
            var id = ended(link(LINK, Duration.ofHours(24)));

            assertThat(error(id)).contains("broke off");
            assertThat(app.get(content(id)).status()).isEqualTo(302);
            hurry();
            kept(id);

            assertThat(bytes(id).body()).isEqualTo(FILM);
            assertThat(media.gets(LINK)).isEqualTo(2);
        }

        @Test
        void aLinkThatStallsIsBrokenOff() {
            var never = new CountDownLatch(1);
            media.serve(LINK, get -> get == 1 ? Reply.film(FILM).stalledBy(never) : Reply.film(FILM));
            var id = ended(link(LINK, Duration.ofHours(24)));

            assertThat(error(id)).contains("nothing came for too long");
            never.countDown();
            hurry();

            kept(id);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "500 | text/plain | oops                       | the link answers 500",
                    "403 | text/xml   | <Error/>                   | the link answers 403",
                    "200 | text/html  | <html>Please log in</html> | no film (text/html)",
                    "200 | video/mp4  | <html>Please log in</html> | no film (video/mp4)",
                    "200 | video/mp4  | ''                         | no film (video/mp4)"
                })
        void whatIsNoFilmIsNotKeptAndIsTriedAgain(int status, String type, String body, String words) {
            media.serve(LINK, get -> get == 1 ? Reply.of(status, type, body.getBytes(UTF_8)) : Reply.film(FILM));
            var id = ended(link(LINK, Duration.ofHours(24)));

            assertThat(error(id)).contains(words);
            hurry();

            kept(id);
        }

        @Test
        void whatIsTooLargeIsNotKept() {
            media.serve(LINK, Reply.film(MediaServer.mp4(2, 2_000_000)));
            var id = ended(link(LINK, Duration.ofHours(24)));

            missing(id);

            assertThat(error(id)).contains("reelgate.archive.max-size");
            assertThat(app.get(content(id)).status()).isEqualTo(302);
            assertThat(works()).isEmpty();
        }

        @Test
        void aHostThatIsAwayFailsNoJobAndIsAskedUntilItsLinkEnds(CapturedOutput log) {
            var link = link(LINK, Duration.ofSeconds(3));
            media.close();
            var id = ended(link);

            assertThat(error(id)).contains("the connection was refused");
            await().untilAsserted(
                            () -> assertThat(app.get(content(id)).status()).isEqualTo(410));
            hurry();
            missing(id);

            assertThat(error(id)).contains("its link ended before it was kept", "the connection was refused");
            assertThat(app.get(content(id)).text("/error/message")).contains("before it could be kept");
            assertThat(app.job(id).text("/status")).isEqualTo("completed");
            assertThat(log).contains("its film cannot be kept").doesNotContain("X-Tos-Date");
        }
    }

    @Nested
    class Whence {

        @Test
        void threeRedirectsAreFollowed() {
            media.serve("/1", Reply.redirect("/2"));
            media.serve("/2", Reply.redirect(media.url("/3")));
            media.serve("/3", Reply.redirect(media.url(LINK)));

            kept(ended(link("/1", Duration.ofHours(24))));
        }

        @Test
        void aFourthRedirectIsNot() {
            media.serve("/1", Reply.redirect("/1"));

            assertThat(error(ended(link("/1", Duration.ofHours(24))))).contains("redirects more than 3 times");

            assertThat(media.gets("/1")).isEqualTo(4);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://169.254.169.254/latest/meta-data",
                    "http://10.0.0.1/film.mp4",
                    "http://[fe80::1]/film.mp4",
                    "http://0.0.0.0/film.mp4",
                    "http://[::ffff:10.0.0.1]/film.mp4"
                })
        void aRedirectIntoOtherNetworksIsNotFollowed(String target) {
            media.serve("/1", Reply.redirect(target));
            var id = ended(link("/1", Duration.ofHours(24)));

            missing(id);

            assertThat(error(id)).contains("not in the allowed networks (reelgate.archive.allowed-networks)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/film", "//", "http://"})
        void aRedirectToWhatIsNoHttpAddressIsNotFollowed(String target) {
            media.serve("/1", Reply.redirect(target));

            assertThat(error(ended(link("/1", Duration.ofHours(24))))).contains("redirects to no http address");
        }

        @Test
        void aRedirectWithAUsersNameIsNotFollowed() {
            media.serve("/1", Reply.redirect(media.url(LINK).replace("//", "//user:secret@")));
            var id = ended(link("/1", Duration.ofHours(24)));

            missing(id);

            assertThat(error(id)).contains("user's name").doesNotContain("secret");
            assertThat(media.gets(LINK)).isZero();
        }
    }

    @Nested
    class Crashes {

        @Test
        void aFilmThatWasFetchedAndNotStoredIsNotFetchedAgain() throws Exception {
            media.serve(LINK, Reply.of(503, "text/plain", "later".getBytes(UTF_8)));
            var id = ended(link(LINK, Duration.ofHours(24)));
            assertThat(error(id)).contains("503");

            Files.write(folder.resolve("work").resolve(id + ".film"), FILM);
            hurry();
            kept(id);

            assertThat(bytes(id).body()).isEqualTo(FILM);
            assertThat(media.gets(LINK)).isEqualTo(1);
        }

        @Test
        void aFilmThatWasStoredAndNotWrittenDownIsNotFetchedAgain() throws Exception {
            media.serve(LINK, Reply.of(503, "text/plain", "later".getBytes(UTF_8)));
            var id = ended(link(LINK, Duration.ofHours(24)));
            assertThat(error(id)).contains("503");

            Files.createDirectories(stored(id).getParent());
            Files.write(stored(id), FILM);
            hurry();
            kept(id);

            assertThat(bytes(id).body()).isEqualTo(FILM);
            assertThat(media.gets(LINK)).isEqualTo(1);
        }

        @Test
        void whatAnEarlierClaimLeftUnfinishedIsRemoved() throws Exception {
            media.serve(LINK, get -> get == 1 ? Reply.of(503, "text/plain", new byte[] {1}) : Reply.film(FILM));
            var id = ended(link(LINK, Duration.ofHours(24)));
            assertThat(error(id)).contains("503");

            Files.write(folder.resolve("work").resolve(id + ".0b3f.part"), new byte[100]);
            hurry();
            kept(id);

            assertThat(bytes(id).body()).isEqualTo(FILM);
            assertThat(works()).isEmpty();
        }

        @Test
        void withoutItsVolumeTheArchiveFetchesNothingAndLosesNothing() throws Exception {
            var mark = folder.resolve(".reelgate-archive");
            var elsewhere = folder.resolve("elsewhere");
            kept(ended(link(LINK, Duration.ofHours(24))));
            Files.move(mark, elsewhere);
            try {
                var id = ended(link(LINK, Duration.ofHours(24)));

                // Whoever comes first says it: the copier that has fetched it, or the watch, and then it is not
                // fetched.
                await().until(() -> errorOf(id).isPresent() || watch.trouble().isPresent());
                assertThat(errorOf(id).or(() -> watch.trouble().map(ArchiveWatch.Trouble::words)))
                        .hasValueSatisfying(words -> assertThat(words).contains("seems not to be mounted"));
                Files.move(elsewhere, mark);
                watch.look();
                hurry();
                kept(id);

                assertThat(media.gets(LINK)).isEqualTo(2);
            } finally {
                if (Files.exists(elsewhere)) {
                    Files.move(elsewhere, mark);
                }
                watch.look();
            }
        }
    }

    @Nested
    class Serving {

        String id = "";

        @BeforeEach
        void keep() {
            id = ended(link(LINK, Duration.ofHours(24)));
            kept(id);
        }

        @ParameterizedTest
        @CsvSource({
            "bytes=0-99, 0, 99",
            "bytes=100-, 100, 299999",
            "bytes=-5, 299995, 299999",
            "bytes=299999-, 299999, 299999",
            "bytes=0-999999999, 0, 299999",
            "bytes=-999999, 0, 299999"
        })
        void aRangeIsAnsweredWithIt(String range, int first, int last) throws Exception {
            var part = bytes(id, "Range", range);

            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes " + first + "-" + last + "/300000");
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(FILM, first, last + 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"bytes=0-1,5-9", "bytes=5-2", "lines=1-2", "bytes=x"})
        void whatIsNotOneRangeIsAnsweredWithTheWhole(String range) throws Exception {
            var whole = bytes(id, "Range", range);

            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body()).isEqualTo(FILM);
        }

        @ParameterizedTest
        @ValueSource(strings = {"bytes=300000-", "bytes=300000-300001", "bytes=-0"})
        void aPartThatItDoesNotHaveIsA416(String range) {
            var answer = app.get(content(id), "Range", range);

            assertThat(answer.status()).isEqualTo(416);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */300000");
            assertThat(answer.text("/error/code")).isEqualTo("range_not_satisfiable");
        }

        @Test
        void aRangeOnConditionThatTheFilmIsTheSame() throws Exception {
            var tag = "\"" + sha256(FILM) + "\"";
            var date = bytes(id).headers().firstValue("Last-Modified").orElseThrow();

            assertThat(bytes(id, "Range", "bytes=0-9", "If-Range", tag).statusCode())
                    .isEqualTo(206);
            assertThat(bytes(id, "Range", "bytes=0-9", "If-Range", date).statusCode())
                    .isEqualTo(206);
            assertThat(bytes(id, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode())
                    .isEqualTo(200);
            assertThat(bytes(id, "Range", "bytes=0-9", "If-Range", "W/" + tag).statusCode())
                    .isEqualTo(200);
            assertThat(bytes(id, "Range", "bytes=0-9", "If-Range", "Sat, 01 Jan 2000 00:00:00 GMT")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void whoHasItGetsA304() throws Exception {
            var same = bytes(id, "If-None-Match", "\"" + sha256(FILM) + "\"");

            assertThat(same.statusCode()).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(bytes(id, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        }

        @Test
        void aHeadIsALookAtTheHeadersOfTheWhole() {
            var head = app.send(
                    app.request(content(id)).header("Range", "bytes=0-9").HEAD());

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("300000");
            assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
        }

        @Test
        void oneThatIsGoneFallsBackToItsLinkAndIsServedAgainWhenItIsBack(CapturedOutput log) throws Exception {
            var away = stored(id).resolveSibling("away");
            Files.move(stored(id), away);

            assertThat(app.get(content(id)).status()).isEqualTo(302);
            assertThat(log).contains("its film was kept and is gone from the store");
            jdbc.sql("update video_job set url_expires_at = now() - interval '1 second'")
                    .update();
            assertThat(app.get(content(id)).status()).isEqualTo(410);
            assertThat(app.get(content(id)).text("/error/message")).contains("is gone from the archive");

            Files.move(away, stored(id));
            assertThat(bytes(id).body()).isEqualTo(FILM);
            assertThat(jdbc.sql("select count(gone_at) from film")
                            .query(Long.class)
                            .single())
                    .isZero();
        }

        @Test
        void oneThatWasCutShortOnTheDiskIsNotServed() throws Exception {
            Files.write(stored(id), new byte[10]);

            assertThat(app.get(content(id)).status()).isEqualTo(302);
        }

        @Test
        void whileTheVolumeIsAwayItIsSaidToBeAwayAndNotGone() throws Exception {
            var mark = folder.resolve(".reelgate-archive");
            var away = folder.resolve("away");
            Files.move(stored(id), away);
            Files.delete(mark);
            jdbc.sql("update video_job set url_expires_at = now() - interval '1 second'")
                    .update();
            try {
                var answer = app.get(content(id));

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("/error/code")).isEqualTo("content_unavailable");
                assertThat(answer.header("Retry-After")).isNotEmpty();
            } finally {
                Files.createFile(mark);
                watch.look();
            }
        }
    }

    private String link(String path, Duration life) {
        var signed = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        return media.url(path) + "?X-Tos-Date=" + signed + "&X-Tos-Expires=" + life.toSeconds();
    }

    /** A job whose film has this link, and that has ended. */
    private String ended(String link) {
        upstream.onPoll(_ ->
                Answer.ok("{\"status\":\"completed\",\"url\":\"" + link + "\",\"usage\":{\"completion_tokens\":1}}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        return id;
    }

    private void kept(String id) {
        state(id, "kept");
    }

    private void missing(String id) {
        state(id, "missing");
    }

    private void state(String id, String state) {
        await().untilAsserted(() -> assertThat(jdbc.sql("select state from film where job_id = ?")
                        .param(id)
                        .query(String.class)
                        .optional())
                .hasValue(state));
    }

    /** What went wrong, once something has. */
    private String error(String id) {
        return await().until(() -> errorOf(id), Optional::isPresent).orElseThrow();
    }

    private Optional<String> errorOf(String id) {
        return jdbc.sql("select error from film where job_id = ? and error is not null")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** Nobody wants to wait for the pause between two tries. */
    private void hurry() {
        jdbc.sql("update film set due_at = now() where due_at is not null").update();
    }

    private static String content(String id) {
        return GatewayClient.PATH + "/" + id + "/content";
    }

    private HttpResponse<byte[]> bytes(String id, String... headers) throws IOException, InterruptedException {
        var request = app.request(content(id));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
        }
    }

    private static Path stored(String id) {
        var end = id.length();
        return folder.resolve(id.substring(end - 4, end - 2))
                .resolve(id.substring(end - 2))
                .resolve(id + ".mp4");
    }

    private static java.util.List<String> works() {
        try (var files = Files.list(folder.resolve("work"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }
}
