package io.reelgate.archive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.NoSuchFilmException;
import io.reelgate.process.Ports;
import io.reelgate.process.S3Mock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A bucket of a store in a process of its own, and answers that such a store does not give. */
@ExtendWith(OutputCaptureExtension.class)
class S3StoreTests {

    private static final String ACCESS_KEY = "AKIAREELGATETESTS";
    private static final String SECRET_KEY = "secret-of-the-bucket-0123456789";
    private static final String JOB = "task_01a212b20a007435b0e4fa961237c8a5";

    @TempDir
    static Path data;

    static S3Mock mock;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void begin() {
        mock = new S3Mock(data);
        mock.start();
    }

    @AfterAll
    static void end() {
        mock.close();
    }

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    @Test
    void aFilmIsReadInPartsAndGoneWhenItIsDeleted() throws IOException, InterruptedException {
        var store = store(mock.endpoint(), S3Mock.BUCKET, "reelgate/");
        store.prepare(true);
        store.check();

        store.put(JOB, film("0123456789"));

        var location = store.locationOf(JOB);
        assertThat(location).isEqualTo("reelgate/" + JOB + ".mp4");
        assertThat(read(store, location, 0, 10)).isEqualTo("0123456789");
        assertThat(read(store, location, 3, 4)).isEqualTo("3456");
        assertThat(read(store, location, 9, 1)).isEqualTo("9");
        assertThat(store.file(location)).isEmpty();
        var object = object(location);
        assertThat(object.body()).isEqualTo("0123456789");
        assertThat(object.headers().firstValue("Content-Type")).contains("video/mp4");

        store.delete(location);

        assertThatExceptionOfType(NoSuchFilmException.class)
                .isThrownBy(() -> store.open(location, 0, 10))
                .withMessageContaining(location);
        assertThatCode(() -> store.delete(location)).doesNotThrowAnyException();
    }

    @Test
    void aFilmThatWasNotPutOnRecordIsRemovedAndPutAnew() throws IOException {
        var store = store(mock.endpoint(), S3Mock.BUCKET, "");
        store.put(JOB, film("of a claim that died"));
        var file = folder.resolve("back.film");

        assertThat(store.takeBack(JOB, file)).isFalse();
        assertThat(file).doesNotExist();
        assertThatExceptionOfType(NoSuchFilmException.class).isThrownBy(() -> store.open(store.locationOf(JOB), 0, 20));
        assertThat(store.takeBack(JOB, file)).isFalse();

        store.put(JOB, film("first"));
        store.put(JOB, film("second"));
        assertThat(read(store, store.locationOf(JOB), 0, 6)).isEqualTo("second");
    }

    /** Somebody else's object in a film's place is no film, and no part of it is sent as one. */
    @Test
    void anotherObjectIsNoFilm() throws IOException {
        var store = store(mock.endpoint(), S3Mock.BUCKET, "other/");
        store.put(JOB, film("four"));
        var location = store.locationOf(JOB);

        assertThatExceptionOfType(NoSuchFilmException.class).isThrownBy(() -> store.open(location, 0, 10));
        assertThatExceptionOfType(NoSuchFilmException.class).isThrownBy(() -> store.open(location, 2, 8));
        assertThatExceptionOfType(NoSuchFilmException.class).isThrownBy(() -> store.open(location, 7, 3));
    }

    /** Many bytes, of which the reader takes a few: the next reader has its own. */
    @Test
    void aReaderMayLeave() throws IOException {
        var store = store(mock.endpoint(), S3Mock.BUCKET, "");
        var bytes = "0123456789".repeat(500_000);
        store.put(JOB, film(bytes));

        for (int i = 0; i < 20; i++) {
            try (var film = store.open(store.locationOf(JOB), i, bytes.length() - i)) {
                assertThat(film.read()).isEqualTo('0' + i % 10);
            }
        }
        assertThat(read(store, store.locationOf(JOB), 0, bytes.length())).isEqualTo(bytes);
    }

    @Test
    void aBucketThatIsNotThereEndsTheStart() {
        var store = store(mock.endpoint(), "no-such-bucket", "");

        assertThatIllegalStateException()
                .isThrownBy(() -> store.prepare(true))
                .withMessage(
                        "There is no bucket no-such-bucket at " + mock.endpoint() + " (reelgate.archive.s3.bucket)");
        assertThatExceptionOfType(IOException.class).isThrownBy(store::check);
        // It may have been deleted while films were in it: that is for ops, and no film is taken for gone.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.open(store.locationOf(JOB), 0, 1))
                .isNotInstanceOf(NoSuchFilmException.class);
    }

    @Test
    void aStoreThatIsAwayEndsNoStart() throws IOException {
        var store = store("http://127.0.0.1:" + Ports.free(), S3Mock.BUCKET, "");
        var film = film("film");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.prepare(true))
                .withMessageStartingWith("the store cannot be reached: ");
        for (Attempt attempt : attempts(store, film)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(attempt::run)
                    .isNotInstanceOf(NoSuchFilmException.class);
        }
        assertThat(film.file()).hasContent("film");
    }

    @Test
    void aStoreThatSaysNothingHoldsUpNoStart() throws IOException {
        var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        opened.add(silent);
        var store = store("http://127.0.0.1:" + silent.getLocalPort(), S3Mock.BUCKET, "");

        // If it waited for the silence of each try, it would be minutes.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.prepare(true))
                .withMessageStartingWith("the store cannot be reached: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 400, 401})
    void aStoreThatIsInTroubleEndsNoStart(int status) {
        var store = store(answering(status), S3Mock.BUCKET, "");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.prepare(true))
                .withMessage("the store answers " + status);
    }

    /** A key that may only put and get is refused when it asks for the bucket, and when it deletes. */
    @Test
    void aKeyThatMayNotLookServes() throws IOException {
        var store = store(answering(403), S3Mock.BUCKET, "");

        assertThatCode(() -> store.prepare(true)).doesNotThrowAnyException();
        assertThatCode(store::check).doesNotThrowAnyException();
        assertThat(store.takeBack(JOB, folder.resolve("back.film"))).isFalse();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.put(JOB, film("film")))
                .withMessage("the store answers 403");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.open(store.locationOf(JOB), 0, 4))
                .isNotInstanceOf(NoSuchFilmException.class)
                .withMessage("the store answers 403");
    }

    @Test
    void theKeysAreNowhereToBeRead(CapturedOutput log) throws IOException {
        var store = store(answering(403), S3Mock.BUCKET, "");
        var said =
                new StringBuilder(settings(mock.endpoint(), S3Mock.BUCKET, "").toString()).append(store.describe());
        for (Attempt attempt : attempts(store, film("film"))) {
            try {
                attempt.run();
            } catch (IOException e) {
                var trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                said.append(trace);
            }
        }

        assertThat(said.toString()).contains("the store answers 403").doesNotContain(SECRET_KEY, ACCESS_KEY);
        assertThat(log.getAll()).doesNotContain(SECRET_KEY, ACCESS_KEY);
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static List<Attempt> attempts(S3Store store, FilmStore.Film film) {
        var location = store.locationOf(JOB);
        return List.of(() -> store.put(JOB, film), () -> store.open(location, 0, 4), () -> store.delete(location));
    }

    private S3Store store(String endpoint, String bucket, String prefix) {
        var store = new S3Store(settings(endpoint, bucket, prefix));
        opened.add(store::destroy);
        return store;
    }

    private static ArchiveProperties.S3 settings(String endpoint, String bucket, String prefix) {
        return new ArchiveProperties.S3(
                URI.create(endpoint), "us-east-1", bucket, prefix, ACCESS_KEY, SECRET_KEY, true);
    }

    private FilmStore.Film film(String bytes) throws IOException {
        var file = Files.writeString(folder.resolve("film"), bytes);
        return new FilmStore.Film(file, Files.size(file), "video/mp4", "00");
    }

    private static String read(S3Store store, String location, long from, long length) throws IOException {
        try (var film = store.open(location, from, length)) {
            return new String(film.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpResponse<String> object(String location) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create(mock.endpoint() + "/" + S3Mock.BUCKET + "/" + location);
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }

    /** A store that answers everything with this status, and names the key as S3 does. */
    private String answering(int status) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.createContext("/", exchange -> answer(exchange, status));
            server.start();
            opened.add(() -> server.stop(0));
            return "http://127.0.0.1:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var body = ("<?xml version=\"1.0\"?><Error><Code>Refused</Code><Message>No</Message><AWSAccessKeyId>"
                            + ACCESS_KEY + "</AWSAccessKeyId></Error>")
                    .getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", "application/xml");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
