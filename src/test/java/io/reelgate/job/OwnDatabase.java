package io.reelgate.job;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.PostgresTestConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What of this package needs SQL alone, on a database of its own whose tables a test may lock. */
final class OwnDatabase implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final PollTickets tickets;
    final JobLedger ledger;
    final JobSteps steps;
    final Timeline timeline;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final JobHistory history;
    final JobLists lists;
    final JobTexts texts;

    @TestConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    @Import(PostgresTestConfiguration.class)
    static class Database {}

    OwnDatabase() {
        context = new SpringApplicationBuilder(Database.class)
                .web(WebApplicationType.NONE)
                .run();
        jdbc = context.getBean(JdbcClient.class);
        transaction = new TransactionTemplate(new JdbcTransactionManager(context.getBean(DataSource.class)));
        tickets = new PollTickets(jdbc);
        var template = context.getBean(JdbcTemplate.class);
        timeline = new Timeline(template, jdbc, JsonMapper.builder().build());
        ledger = new JobLedger(template, timeline);
        steps = new JobSteps(jdbc, timeline, new JobMetrics(meters));
        history = new JobHistory(jdbc);
        lists = new JobLists(context.getBean(DataSource.class), jdbc, new ReadsProperties(4, Duration.ofSeconds(5)));
        texts = new JobTexts(jdbc);
    }

    @Override
    public void close() {
        ledger.destroy();
        history.destroy();
        context.close();
    }

    /** A new job, nowhere on record. */
    static NewJob job() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new NewJob(JobId.next(now), "shop", "fast", "kite", "{}", null, null, null, now);
    }
}
