package io.reelgate;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.job.query.ReadsProperties;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Who has which connections to the database beside the main pool, which is Spring Boot's own. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final String READS = "reads";

    @Bean
    ReadsPool readsPool(HikariDataSource main, ReadsProperties properties, MeterRegistry meters) {
        return new ReadsPool(main, properties, meters);
    }

    /** For what ops read; whoever asks for no other {@link JdbcClient} gets the main pool's. */
    @Bean(name = READS, defaultCandidate = false)
    @Qualifier(READS)
    JdbcClient reads(ReadsPool pool) {
        return JdbcClient.create(pool.dataSource());
    }

    @Bean(defaultCandidate = false)
    @Qualifier(READS)
    TransactionOperations readsTransaction(ReadsPool pool) {
        return new TransactionTemplate(new JdbcTransactionManager(pool.dataSource()));
    }

    /** Migrations take as long as they take, on a connection without the time-outs that everything else has. */
    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime(HikariDataSource main) {
        return flyway -> flyway.dataSource(unhurried(main));
    }

    private static DataSource unhurried(HikariDataSource main) {
        var properties = new Properties();
        properties.putAll(main.getDataSourceProperties());
        properties.remove("socketTimeout");
        var dataSource = new DriverManagerDataSource(main.getJdbcUrl());
        if (main.getDriverClassName() != null) {
            dataSource.setDriverClassName(main.getDriverClassName());
        }
        dataSource.setUsername(main.getUsername());
        dataSource.setPassword(main.getPassword());
        dataSource.setConnectionProperties(properties);
        return dataSource;
    }
}
