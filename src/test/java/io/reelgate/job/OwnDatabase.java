package io.reelgate.job;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.PostgresTestConfiguration;
import io.reelgate.job.query.JobLists;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobTexts;
import io.reelgate.job.query.ReadsProperties;
import io.reelgate.job.store.JobMetrics;
import io.reelgate.job.store.JobStore;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.PollTickets;
import io.reelgate.job.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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
public final class OwnDatabase implements AutoCloseable {

    /** The account of all its jobs. */
    public static final int ACCOUNT = 1;

    private final ConfigurableApplicationContext context;
    /** What follows from a change of status; a test may set what it is to do. */
    public final RecordingListener listener = new RecordingListener();

    public final DataSource dataSource;
    public final JdbcClient jdbc;
    public final TransactionTemplate transaction;
    public final PollTickets tickets;
    public final JobStore store;
    public final JobTransitions transitions;
    public final Timeline timeline;
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final JobQueries queries;
    public final JobLists lists;
    public final JobTexts texts;

    @TestConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    @Import(PostgresTestConfiguration.class)
    static class Database {}

    public OwnDatabase() {
        context = new SpringApplicationBuilder(Database.class)
                .web(WebApplicationType.NONE)
                .run();
        dataSource = context.getBean(DataSource.class);
        jdbc = context.getBean(JdbcClient.class);
        transaction = new TransactionTemplate(new JdbcTransactionManager(context.getBean(DataSource.class)));
        tickets = new PollTickets(jdbc);
        var template = context.getBean(JdbcTemplate.class);
        timeline = new Timeline(template, jdbc, JsonMapper.builder().build());
        store = new JobStore(template);
        transitions = new JobTransitions(jdbc, timeline, new JobMetrics(meters), List.of(listener), transaction);
        queries = new JobQueries(jdbc);
        lists = new JobLists(context.getBean(DataSource.class), jdbc, new ReadsProperties(4, Duration.ofSeconds(5)));
        texts = new JobTexts(jdbc);
    }

    @Override
    public void close() {
        store.destroy();
        transitions.destroy();
        queries.destroy();
        context.close();
    }

    /** Has the upstream take a job that is on record; true if it stood where it could be taken. */
    public boolean accept(NewJob job, String taskId, Duration firstPoll, @Nullable Duration earliestEnd) {
        var event = JobEvent.of(EventKind.ACCEPTED, Instant.now()).with("upstream_task_id", taskId);
        return transitions
                .apply(new Transition.Accepted(job.attempt(), taskId, firstPoll, earliestEnd, event))
                .isPresent();
    }

    /** A job on record that the upstream took. */
    public NewJob accepted() {
        var job = job();
        store.intend(job);
        accept(job, "up_" + job.id(), Duration.ZERO, null);
        return job;
    }

    /** A new job, nowhere on record. */
    public static NewJob job() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new NewJob(JobId.next(now), "shop", "fast", "kite", "{}", null, null, null, now, ACCOUNT);
    }
}
