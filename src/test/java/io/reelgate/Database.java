package io.reelgate;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Where a PostgreSQL database is, and who may enter. */
record Database(String host, int port, String name, String username, String password) implements JdbcConnectionDetails {

    /** Another database on the same server. */
    Database named(String other) {
        return new Database(host, port, other, username, password);
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
}
