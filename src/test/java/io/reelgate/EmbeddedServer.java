package io.reelgate;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.SpringApplication;

/** An embedded PostgreSQL 18 on a free port of the loopback interface, its data in a temporary directory. */
final class EmbeddedServer {

    private EmbeddedServer() {}

    /** Starts one; whoever starts it stops it, since a hook of its own would race with those of application contexts. */
    static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    // Quick rather than durable: the data ends with the process.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    // Of some forty contexts that wait for another test, each keeps its two pools.
                    .setServerConfig("max_connections", "900")
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL does not start", failed);
        }
    }

    /** The server's first database. */
    static Database database(EmbeddedPostgres server) {
        return new Database("127.0.0.1", server.getPort(), "postgres", "postgres", "postgres");
    }

    /** Stops the server when the JVM ends and every application context in it is closed. */
    static void stopAfterLastContext(EmbeddedPostgres server) {
        SpringApplication.getShutdownHandlers().add(() -> stop(server));
    }

    static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL does not stop", failed);
        }
    }
}
