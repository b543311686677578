package io.reelgate.process;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of the suite's own that can be stopped, killed and started again on its data and port. */
public final class Postgres implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Path data;
    private final int port = Ports.free();
    private @Nullable EmbeddedPostgres server;

    /** A server that is not started yet and keeps its data in this directory. */
    public Postgres(Path data) {
        this.data = data;
    }

    public int port() {
        return port;
    }

    /** Starts it, and tries again while what is left of a killed one still goes away. */
    public void start() {
        await().atMost(LONGEST_START).ignoreExceptions().until(() -> {
            server = launch();
            return true;
        });
    }

    /** Fast shutdown: clients are disconnected, everything is written. */
    public void stop() {
        var running = server;
        server = null;
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** SIGKILL to the postmaster: its backends see it gone and end, and the next start recovers from the log. */
    public void kill() {
        var postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        if (!postmaster.destroyForcibly()) {
            throw new IllegalStateException("The postmaster could not be killed");
        }
        postmaster.onExit().join();
        stop();
    }

    /** The server's own note of its process, since what was started is only the {@code pg_ctl} that started it. */
    private long postmaster() {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres launch() throws IOException {
        var log = Redirect.appendTo(Child.log("postgres"));
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(15))
                // The processes are killed, not the machine: what was written is in the system's cache.
                .setServerConfig("fsync", "off")
                // But a commit must have been written: the gateway believes it.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setErrorRedirector(log)
                .setOutputRedirector(log)
                .start();
    }
}
