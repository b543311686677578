package io.reelgate;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Gives each application context that imports it a PostgreSQL database of its own, empty, so that no test sees another
 * context's rows.
 *
 * <p>A slice that replaces the data source, such as {@code @DataJpaTest}, needs
 * {@code @AutoConfigureTestDatabase(replace = Replace.NONE)} beside it.
 */
@TestConfiguration(proxyBeanMethods = false)
public class PostgresTestConfiguration {

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails() {
        return TestPostgres.databaseForContext();
    }
}
