package io.reelgate;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Where a PostgreSQL database is, who may enter, and what happens when an application context is done with it. */
record Database(String host, int port, String name, String username, String password, Runnable whenClosed)
        implements JdbcConnectionDetails, AutoCloseable {

    Database(String host, int port, String name, String username, String password) {
        this(host, port, name, username, password, () -> {});
    }

    /** Another database on the same server. */
    Database named(String other) {
        return new Database(host, port, other, username, password, whenClosed);
    }

    Database onClose(Runnable action) {
        return new Database(host, port, name, username, password, action);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }

    @Override
    public String getJdbcUrl() {
        return jdbcUrl();
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public String getPassword() {
        return password;
    }

    /** Spring calls it when the context closes, after whatever uses the database. */
    @Override
    public void close() {
        whenClosed.run();
    }
}
