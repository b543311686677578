package io.reelgate.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import io.reelgate.process.Child;
import io.reelgate.process.PackagedJar;
import io.reelgate.process.Ports;
import io.reelgate.process.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The packaged gateway as a process with 600 MB of heap, as in a container of 1 GB, and what it needs around it. */
final class Gateway implements AutoCloseable {

    /** As its log is called, too: {@code target/processes/flooded.log}. */
    static final String NAME = "flooded";

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final LedgerUpstream upstream = new LedgerUpstream();
    private final Postgres postgres;
    private final int port = Ports.free();
    private final Child process;

    /** Starts all of it; the files are in this directory. Its log begins anew, since it is read. */
    Gateway(Path directory) throws IOException {
        Files.deleteIfExists(Child.log(NAME).toPath());
        postgres = new Postgres(directory.resolve("postgres"));
        postgres.start();
        process = Child.java(
                NAME,
                command(PackagedJar.unpackedInto(directory.resolve("gateway"))),
                Map.of("REELGATE_UPSTREAM_API_KEY", LedgerUpstream.KEY));
        await("the gateway is ready, see target/processes/flooded.log")
                .atMost(LONGEST_START)
                .ignoreExceptions()
                .failFast("it ended", () -> !process.isAlive())
                .untilAsserted(() -> assertThat(isReady()).isTrue());
    }

    private List<String> command(Path jar) {
        var command = new ArrayList<>(List.of(
                "-Xmx600m",
                "-Xms600m",
                "-XX:+UseSerialGC",
                // As in the image.
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString()));
        Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", Integer.toString(port),
                        "spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
                        "spring.datasource.username", "postgres",
                        "spring.datasource.password", "postgres",
                        "reelgate.ops.password", "test-ops",
                        "reelgate.upstream.base-url", upstream.baseUrl())
                .forEach((property, value) -> command.add("--" + property + "=" + value));
        return command;
    }

    int port() {
        return port;
    }

    LedgerUpstream upstream() {
        return upstream;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isReady() {
        return client().get("/actuator/health/readiness").status() == 200;
    }

    GatewayClient client() {
        return new GatewayClient(port);
    }

    JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "postgres"));
    }

    @Override
    public void close() {
        process.kill();
        postgres.close();
        upstream.close();
    }
}
