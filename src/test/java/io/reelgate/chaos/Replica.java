package io.reelgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.process.Child;
import io.reelgate.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One process of the packaged gateway, with a wire of its own to the database; always on the same port. */
final class Replica implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final String name;
    private final Path jar;
    private final int port = Ports.free();
    private final Wire database;
    private final int upstreamPort;
    private final Path films;
    private final AppClient client = new AppClient();
    private final Queue<Instant> deaths = new ConcurrentLinkedQueue<>();
    private @Nullable Child process;

    /** A replica that is not started yet, runs this jar, and shares this folder for films with the other. */
    Replica(String name, Path jar, int databasePort, int upstreamPort, Path films) {
        this.name = name;
        this.jar = jar;
        this.database = new Wire(databasePort);
        this.upstreamPort = upstreamPort;
        this.films = films;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** The wire between this replica and the database. */
    Wire database() {
        return database;
    }

    boolean isUp() {
        return process != null && process.isAlive();
    }

    void start() {
        start("-XX:AOTCache=" + cache());
    }

    private void start(String aotOption) {
        process = Child.java(
                "gateway-" + name, command(aotOption), Map.of("REELGATE_UPSTREAM_API_KEY", "sk-chaos-0123456789"));
    }

    /** Starts it once and stops it, and keeps its classes as the JVM has loaded and linked them by then: starts take a third. */
    void train() {
        start("-XX:AOTCacheOutput=" + cache());
        awaitReady();
        terminate();
    }

    void awaitReady() {
        await("replica " + name + " is ready, see target/processes/gateway-" + name + ".log")
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .failFast("it ended", () -> !isUp())
                .untilAsserted(() -> assertThat(client.status(port, "/actuator/health/readiness"))
                        .isEqualTo(200));
    }

    /** SIGKILL. */
    void kill() {
        deaths.add(Instant.now());
        running().kill();
    }

    /** When it was killed. */
    List<Instant> deaths() {
        return List.copyOf(deaths);
    }

    /** SIGTERM, and waits for the graceful end. */
    void terminate() {
        running().terminate();
    }

    /** SIGSTOP. */
    void freeze() {
        running().signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        running().signal("CONT");
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
        database.close();
    }

    private Child running() {
        return Objects.requireNonNull(process, "not started");
    }

    private Path cache() {
        return jar.resolveSibling("reelgate.aot");
    }

    private List<String> command(String aotOption) {
        var command = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // As in a pool that is busy, no connection is tested before its use: what breaks, breaks in use.
                "-Dcom.zaxxer.hikari.aliveBypassWindowMs=60000",
                aotOption,
                "-jar",
                jar.toString()));
        Map.ofEntries(
                        Map.entry("server.address", "127.0.0.1"),
                        Map.entry("server.port", Integer.toString(port)),
                        Map.entry(
                                "spring.datasource.url",
                                "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres"),
                        Map.entry("spring.datasource.username", "postgres"),
                        Map.entry("spring.datasource.password", "postgres"),
                        Map.entry("spring.datasource.hikari.maximum-pool-size", "10"),
                        // Shorter than in production, as all times here, so that a black hole is noticed within a test.
                        Map.entry("spring.datasource.hikari.data-source-properties.socketTimeout", "6"),
                        Map.entry("reelgate.ops.password", "chaos"),
                        Map.entry("reelgate.upstream.base-url", "http://127.0.0.1:" + upstreamPort),
                        Map.entry("reelgate.upstream.connect-timeout", "400ms"),
                        Map.entry("reelgate.upstream.upload-timeout", "1s"),
                        Map.entry("reelgate.upstream.response-timeout", "3s"),
                        Map.entry("reelgate.upstream.poll-timeout", "1s"),
                        Map.entry("reelgate.submission.answer-within", "1500ms"),
                        Map.entry("reelgate.submission.recovery-margin", "2s"),
                        Map.entry("reelgate.hold.first-try", "300ms"),
                        Map.entry("reelgate.hold.longest-pause", "2s"),
                        Map.entry("reelgate.tracking.interval-min", "200ms"),
                        Map.entry("reelgate.tracking.interval-max", "400ms"),
                        Map.entry("reelgate.tracking.lease", "7s"),
                        Map.entry("reelgate.webhook.allowed-networks", "loopback"),
                        Map.entry("reelgate.webhook.timeout", "3s"),
                        // More tries than any receiver here needs: what is given up is no riddle of a storm's.
                        Map.entry("reelgate.webhook.schedule", "0s" + ",500ms".repeat(500)),
                        Map.entry("reelgate.archive.store", "filesystem"),
                        Map.entry("reelgate.archive.path", films.toString()),
                        Map.entry("reelgate.archive.allowed-networks", "loopback"))
                .forEach((property, value) -> command.add("--" + property + "=" + value));
        return command;
    }
}
