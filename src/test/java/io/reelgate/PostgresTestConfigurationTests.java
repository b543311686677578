package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the tests' database to what the other tests rely on. */
class PostgresTestConfigurationTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(PostgresTestConfiguration.class)
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void isPostgres18() {
        context.run(started -> assertThat(ask(started.getBean(DataSource.class), "show server_version"))
                .startsWith("18."));
    }

    @Test
    void hasRoomForManyContexts() {
        context.run(started -> assertThat(ask(started.getBean(DataSource.class), "show max_connections"))
                .isEqualTo("300"));
    }

    @Test
    void givesEachContextADatabaseOfItsOwn() {
        var name = "select current_database()";
        context.run(first -> context.run(second -> assertThat(ask(first.getBean(DataSource.class), name))
                .startsWith("test_")
                .isNotEqualTo(ask(second.getBean(DataSource.class), name))));
    }

    private static String ask(DataSource database, String question) {
        return Objects.requireNonNull(
                JdbcClient.create(database).sql(question).query(String.class).single());
    }
}
