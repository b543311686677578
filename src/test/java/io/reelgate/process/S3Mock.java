package io.reelgate.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that speaks S3, on loopback, in a process of its own ({@code target/s3mock.jar}); it can be killed and come back. */
public final class S3Mock implements AutoCloseable {

    /** The one bucket that it has. */
    public static final String BUCKET = "films";

    private static final Path LOOPBACK =
            Path.of("src/test/resources/s3mock.xml").toAbsolutePath();

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Path data;
    private final int port = Ports.free();
    private @Nullable Child process;

    /** A store that is not started yet and keeps its data in this directory. */
    public S3Mock(Path data) {
        this.data = data;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it on its port and with what it had, and waits until it answers. */
    public void start() {
        var started = Child.java(
                "s3mock",
                List.of(
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("s3mock.jar", "target/s3mock.jar"),
                        // Its other port, of TLS, is used by nobody.
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--http.port=" + port,
                        "--spring.main.sources=" + LOOPBACK.toUri(),
                        "--spring.main.allow-bean-definition-overriding=true",
                        "--com.adobe.testing.s3mock.store.root=" + data.toAbsolutePath(),
                        "--com.adobe.testing.s3mock.store.retain-files-on-exit=true",
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET),
                Map.of());
        process = started;
        await().atMost(LONGEST_START).until(() -> {
            if (!started.isAlive()) {
                throw new IllegalStateException("The store did not start; see " + Child.log("s3mock"));
            }
            return answers();
        });
    }

    /** SIGKILL. */
    public void kill() {
        var running = process;
        process = null;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean answers() throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var bucket = HttpRequest.newBuilder(URI.create(endpoint() + "/" + BUCKET))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(bucket, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
