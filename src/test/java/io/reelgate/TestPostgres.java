package io.reelgate;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL 18 of this JVM's tests: a container where a Docker engine answers, else the embedded server.
 *
 * <p>{@code -Dreelgate.test.database=embedded} leaves Docker alone; {@code container} insists on it.
 */
final class TestPostgres {

    private static final Logger log = LoggerFactory.getLogger(TestPostgres.class);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** A new, empty database; it lives as long as this JVM. */
    static Database freshDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        var server = Holder.SERVER;
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
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
            // Throws, as an answer of "no" would be, if there is neither an engine nor a way to ask for one.
            DockerClientFactory.instance().client();
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
        var container = new PostgreSQLContainer("postgres:18")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
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
        EmbeddedServer.stopAfterLastContext(server);
        return EmbeddedServer.database(server);
    }

    private static String reason(Throwable failure) {
        var root = failure;
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.toString().lines().findFirst().orElse("");
    }

    /** Starts the server when the first database is asked for. */
    private static final class Holder {
        static final Database SERVER = start();
    }
}
