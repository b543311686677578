package io.reelgate;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.job.query.ReadsProperties;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The few connections that ops' reads have for themselves, so that the console can never take those of submissions; see
 * {@code docs/decisions/0012-reads-have-a-pool-of-their-own.md}.
 *
 * <p>It is no bean of type {@link DataSource}: whatever looks for the data source finds the main one, whose properties it shares.
 */
final class ReadsPool implements AutoCloseable {

    private static final String NAME = "reelgate-reads";

    private final HikariDataSource pool;

    ReadsPool(HikariDataSource main, ReadsProperties properties, MeterRegistry meters) {
        pool = new HikariDataSource(); // connects when it is first asked, as the main one does
        main.copyStateTo(pool);
        pool.setCredentials(main.getCredentials());
        pool.setPoolName(NAME);
        pool.setMaximumPoolSize(properties.connections());
        pool.setMinimumIdle(1);
        pool.setDataSourceProperties(named(main.getDataSourceProperties()));
        pool.setConnectionInitSql(Objects.requireNonNullElse(main.getConnectionInitSql(), "")
                + "; set statement_timeout = '" + properties.timeout().toMillis() + "ms'");
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static Properties named(Properties main) {
        var properties = new Properties();
        properties.putAll(main);
        properties.setProperty("ApplicationName", NAME);
        return properties;
    }
}
