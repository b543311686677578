package io.reelgate;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL 18 of this JVM's tests: a container where a Docker engine answers, else the embedded server.
 *
 * <p>{@code -Dreelgate.test.database=embedded} leaves Docker alone; {@code container} insists on it.
 */
final class TestPostgres {

    private static final Logger log = LoggerFactory.getLogger(TestPostgres.class);
    private static final String IMAGE = "postgres:18";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Phaser CONTEXTS = new Phaser(1);

    private TestPostgres() {}

    /** A new, empty database for an application context, which gives it back when it closes. */
    static Database databaseForContext() {
        var database = freshDatabase().onClose(CONTEXTS::arriveAndDeregister);
        CONTEXTS.register();
        return database;
    }

    /** A new, empty database; it lives as long as this JVM. */
    static Database freshDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        var server = Holder.SERVER;
        try (var connection =
                        DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException refused) {
            throw new IllegalStateException("The tests' PostgreSQL created no database " + name, refused);
        }
        return server.named(name);
    }

    private static Database start() {
        var wish = System.getProperty("reelgate.test.database", "any");
        if (wish.equals("embedded")) {
            return embedded();
        }
        try {
            return container();
        } catch (RuntimeException unusable) {
            if (wish.equals("container")) {
                throw unusable;
            }
            log.warn("Testing on embedded PostgreSQL, since no container can be started: {}", reason(unusable));
            return embedded();
        }
    }

    /** Testcontainers' reaper removes it after this JVM has ended. */
    @SuppressWarnings("resource")
    private static Database container() {
        DockerImages.require(IMAGE);
        var container =
                new PostgreSQLContainer(IMAGE).withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=900");
        container.start();
        return new Database(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword());
    }

    private static Database embedded() {
        var server = EmbeddedServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfterLastContext(server)));
        return EmbeddedServer.database(server);
    }

    /** Contexts close in hooks of their own, at the same time as this one runs, and need their database until then. */
    private static void stopAfterLastContext(EmbeddedPostgres server) {
        try {
            CONTEXTS.awaitAdvanceInterruptibly(CONTEXTS.arrive(), 1, TimeUnit.MINUTES);
        } catch (TimeoutException | InterruptedException late) {
            log.warn("Stopping the embedded PostgreSQL although a context is still open");
        }
        EmbeddedServer.stop(server);
    }

    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString().lines().findFirst().orElse("");
    }

    /** Starts the server when the first database is asked for. */
    private static final class Holder {
        static final Database SERVER = start();
    }
}
