package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.process.Ports;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of an earlier release, and two replicas of this one that are started on it at once. */
class UpgradeTests {

    private static final String EARLIER = "4";

    private final Database database = TestPostgres.freshDatabase();
    private final DriverManagerDataSource dataSource =
            new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final CountDownLatch loggingIsSetUp = new CountDownLatch(1);
    private final CyclicBarrier together = new CyclicBarrier(2);

    @Test
    void twoReplicasThatStartAtOnceBringTheSchemaUpToDate() throws Exception {
        Flyway.configure().dataSource(dataSource).target(EARLIER).load().migrate();
        jdbc.sql("""
                insert into video_job (id, app, model, prompt, request, status, upstream_task_id, created_at, accepted_at)
                values ('task_01a212b20a007435b0e4fa961237c8a5', 'shop', 'fast', 'kite', '{}', 'queued', 'task_old', now(), now())
                """).update();
        // What a try that broke off leaves behind: an index that is not valid.
        jdbc.sql("create index video_job_by_task on video_job (upstream_task_id)")
                .update();

        try (var upstream = new LedgerUpstream();
                var starters = Executors.newFixedThreadPool(2)) {
            var first = starters.submit(() -> gateway(upstream));
            loggingIsSetUp.await();
            var second = starters.submit(() -> gateway(upstream));
            first.get().close();
            second.get().close();
        }

        assertThat(jdbc.sql("select account, attempt, sent_at is null from video_job")
                        .query((row, _) -> row.getInt(1) + " " + row.getInt(2) + " " + row.getBoolean(3))
                        .single())
                .isEqualTo("1 1 true");
        assertThat(jdbc.sql(
                                "select indisunique and indisvalid from pg_index where indexrelid = 'video_job_by_task'::regclass")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select count(*) from account where address is not null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private ConfigurableApplicationContext gateway(LedgerUpstream upstream) {
        return new SpringApplicationBuilder(ReelgateApplication.class)
                .initializers(_ -> goOnTogether())
                .run(
                        "--server.port=" + Ports.free(),
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--reelgate.upstream.base-url=" + upstream.baseUrl(),
                        "--reelgate.upstream.api-key=" + LedgerUpstream.KEY,
                        "--reelgate.ops.password=test-ops");
    }

    /** Two that set up their log at once in one JVM would fail at that; from there on they run side by side. */
    private void goOnTogether() {
        loggingIsSetUp.countDown();
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
