package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.library.FilmLibrary;
import io.reelgate.archive.store.ArchiveWatch;
import io.reelgate.process.S3Mock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Films in a bucket, from the end of the job on: kept by one GET, served in parts, and waiting while the store is away. */
@FullStackTest
@TestPropertySource(
        properties = {
            "reelgate.archive.store=s3",
            "reelgate.archive.allowed-networks=loopback",
            "reelgate.archive.min-free=1MB",
            "reelgate.archive.s3.bucket=" + S3Mock.BUCKET,
            "reelgate.archive.s3.prefix=reelgate/",
            "reelgate.archive.s3.access-key=key-of-the-bucket",
            "reelgate.archive.s3.secret-key=secret-of-the-bucket"
        })
@DirtiesContext
class ArchiveInABucketTests {

    private static final Duration STORE_IS_LOOKED_AT = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    static S3Mock store;

    private final CountingMedia media = new CountingMedia();

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    FilmLibrary library;

    @Autowired
    ArchiveWatch watch;

    @BeforeAll
    static void startStore() {
        store = new S3Mock(data);
        store.start();
    }

    @AfterAll
    static void endStore() {
        store.close();
    }

    @DynamicPropertySource
    static void bucket(DynamicPropertyRegistry registry) {
        registry.add("reelgate.archive.path", work::toString);
        registry.add("reelgate.archive.s3.endpoint", () -> store.endpoint());
    }

    @BeforeEach
    void begin() {
        upstream.onPoll(poll -> Answer.ok(
                "{\"status\":\"SUCCESS\",\"result_url\":\"" + media.link(poll.taskId()) + "?X-Tos-Expires=86400\"}"));
    }

    @AfterEach
    void end() {
        media.close();
    }

    /** A job that ended well. */
    private record Job(String id, String name) {

        String content() {
            return GatewayClient.PATH + "/" + id + "/content";
        }

        byte[] film() {
            return CountingMedia.film(name);
        }

        String tag() {
            return "\"" + CountingMedia.sha256(film()) + "\"";
        }
    }

    @Test
    void aFilmIsKeptInTheBucketAndServedFromThere() throws Exception {
        var job = kept(succeeded());

        var seen = app.job(job.id());
        assertThat(seen.text("/url")).endsWith(job.content());
        assertThat(seen.text("/output/video_url")).endsWith(job.content());
        assertThat(object("reelgate/" + job.id() + ".mp4", "GET").body()).isEqualTo(job.film());

        media.close();
        var whole = get(job, "GET");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(job.film());
        assertThat(header(whole, "ETag")).isEqualTo(job.tag());
        assertThat(header(whole, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");

        var head = get(job, "HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(job.film().length));
        assertThat(header(head, "ETag")).isEqualTo(job.tag());

        assertThat(get(job, "GET", "If-None-Match", job.tag()).statusCode()).isEqualTo(304);
        assertThat(media.gets(job.name())).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=100000-, 100000, 300000",
        "bytes=-7, 299993, 300000",
        "bytes=299999-400000, 299999, 300000"
    })
    void aPartIsReadFromTheBucket(String range, int from, int to) throws Exception {
        var job = kept(succeeded());

        var part = get(job, "GET", "Range", range, "If-Range", job.tag());

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(job.film(), from, to));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes %d-%d/300000".formatted(from, to - 1));
    }

    @Test
    void aPartThatThereIsNotIsAnError() throws Exception {
        var job = kept(succeeded());

        var part = get(job, "GET", "Range", "bytes=300000-");
        assertThat(part.statusCode()).isEqualTo(416);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes */300000");

        assertThat(get(job, "GET", "Range", "bytes=0-0", "If-Range", "\"another\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFilmThatSomebodyDeletedIsHadByItsLinkAndKnownToBeGone() throws Exception {
        var job = kept(succeeded());
        assertThat(object("reelgate/" + job.id() + ".mp4", "DELETE").statusCode())
                .isEqualTo(204);

        var answer = get(job, "GET");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "Location")).startsWith(media.link(job.name()));
        assertThat(film(job).goneAt()).isNotNull();
    }

    /** One film is fetched before it is known that the store is away, and one is not: neither is fetched twice. */
    @Test
    void whileTheStoreIsAwayFilmsWaitAndLinksServe() throws Exception {
        var early = kept(succeeded());
        store.kill();
        var fetched = succeeded();
        await().until(() -> media.gets(fetched.name()) == 1 || watch.trouble().isPresent());

        await().atMost(STORE_IS_LOOKED_AT).until(() -> watch.trouble().isPresent());
        assertThat(watch.trouble().orElseThrow().kind()).isEqualTo(ArchiveWatch.Trouble.Kind.STORE);
        assertThat(watch.trouble().orElseThrow().words()).startsWith("the store cannot be reached: ");
        var notFetched = succeeded();
        assertThat(app.job(notFetched.id()).text("/status")).isEqualTo("completed");
        for (var job : new Job[] {early, fetched, notFetched}) {
            var answer = get(job, "GET");
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(header(answer, "Location")).startsWith(media.link(job.name()));
        }
        assertThat(media.gets(notFetched.name())).isZero();

        store.start();

        for (var job : new Job[] {early, fetched, notFetched}) {
            kept(job);
            assertThat(get(job, "GET").body()).isEqualTo(job.film());
            assertThat(media.gets(job.name())).isOne();
        }
        assertThat(watch.trouble()).isEmpty();
    }

    private Job succeeded() {
        var id = app.submit(GatewayClient.body("kite")).id();
        await().until(() -> app.job(id).text("/status").equals("completed"));
        return new Job(id, upstream.polls().getLast().taskId());
    }

    private Job kept(Job job) {
        await().atMost(STORE_IS_LOOKED_AT).until(() -> film(job).isKept());
        return job;
    }

    private FilmRecord film(Job job) {
        return library.find(job.id()).orElseThrow();
    }

    private HttpResponse<byte[]> get(Job job, String method, String... headers)
            throws IOException, InterruptedException {
        return send(headers(app.request(job.content()), headers), method);
    }

    private static HttpResponse<byte[]> object(String name, String method) throws IOException, InterruptedException {
        var address = URI.create(store.endpoint() + "/" + S3Mock.BUCKET + "/" + name);
        return send(HttpRequest.newBuilder(address), method);
    }

    private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, String method)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    request.method(method, HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
