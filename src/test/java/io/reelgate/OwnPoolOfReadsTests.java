package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads that hang, in front of a database that a test holds up: they end by themselves, and submissions never notice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class OwnPoolOfReadsTests {

    private final Database database = TestPostgres.freshDatabase();
    private final CuttableProxy wayToDatabase = new CuttableProxy(database.port());
    private final LedgerUpstream upstream = new LedgerUpstream();
    private final DataSource around =
            new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    private final JdbcClient record = JdbcClient.create(around);
    private final ConcurrentLinkedQueue<Thread> locking = new ConcurrentLinkedQueue<>();
    private CountDownLatch unlock = new CountDownLatch(1);

    private ConfigurableApplicationContext gateway;
    private GatewayClient app;

    @BeforeAll
    void start() {
        gateway = new SpringApplicationBuilder(ReelgateApplication.class)
                .properties(
                        "server.port=0",
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + wayToDatabase.port() + "/"
                                + database.name(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "reelgate.reads.timeout=1s",
                        "reelgate.upstream.base-url=" + upstream.baseUrl(),
                        "reelgate.upstream.api-key=" + LedgerUpstream.KEY,
                        "reelgate.ops.password=test-ops")
                .run();
        app = new GatewayClient(Objects.requireNonNull(((ServletWebServerApplicationContext) gateway).getWebServer())
                .getPort());
    }

    @AfterAll
    void end() {
        gateway.close();
        wayToDatabase.close();
        upstream.close();
    }

    @BeforeEach
    void begin() {
        upstream.reset();
        unlock = new CountDownLatch(1);
    }

    @AfterEach
    void release() throws InterruptedException {
        unlock.countDown();
        for (var thread : locking) {
            thread.join();
        }
    }

    @Test
    void readsThatHangLeaveSubmissionsAlone() {
        lock("quota_incident");
        var reads = together(40, () -> app.ops("/ops/api/quota-incidents"));
        await().until(() -> waiting() >= 3);

        for (int i = 0; i < 20; i++) {
            assertThat(app.submit(GatewayClient.body("kite")).status()).isEqualTo(200);
        }

        await().until(() -> reads.size() == 40);
        assertThat(reads).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(answer.text("/detail")).containsAnyOf("took too long", "Too many reads");
        });
        assertThat(reads)
                .anySatisfy(answer -> assertThat(answer.text("/detail")).contains("took too long"));
        assertThat(reads)
                .anySatisfy(answer -> assertThat(answer.text("/detail")).contains("Too many reads"));
    }

    @Test
    void aSearchThatTakesTooLongSaysSoAndHowToNarrowIt() {
        lock("video_job");

        var json = app.ops("/ops/api/jobs?text=kite");
        assertThat(json.status()).isEqualTo(503);
        assertThat(json.text("/detail")).contains("took too long").contains("narrow");
        var english = app.ops("/ops/jobs?text=kite");
        assertThat(english.status()).isEqualTo(503);
        assertThat(english.http().body()).contains("took too long").doesNotContain("database does not answer");
        var chinese = app.send(app.request("/ops/jobs?text=kite")
                .header("Authorization", "Basic b3BzOnRlc3Qtb3Bz")
                .header("Accept-Language", "zh-CN"));
        assertThat(chinese.http().body()).contains("查询时间过长");
        var overview = app.ops("/ops?window=7d");
        assertThat(overview.http().body()).doesNotContain("The database does not answer");
    }

    @Test
    void listsOfAppsThatHangAreFewAndTheRestAreToldToComeAgain() {
        lock("video_job");

        var lists = together(30, () -> app.get(GatewayClient.PATH, "X-Reelgate-App", "shop"));
        await().until(() -> lists.size() == 30);

        assertThat(record.sql(
                                "select max(waited) from (select count(*) as waited from pg_stat_activity where wait_event_type = 'Lock') t")
                        .query(Long.class)
                        .single())
                .isLessThan(10);
        assertThat(lists).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("/error/code")).isEqualTo("overloaded");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        });
    }

    @Test
    void aQueryEndsSoonAfterTheGatewayThatAskedIt() {
        var reads = gateway.getBean("reads", JdbcClient.class);
        Thread.ofVirtual().start(() -> {
            try {
                reads.sql("set statement_timeout = 0; select pg_sleep(300)")
                        .query()
                        .listOfRows();
            } catch (RuntimeException e) {
                // Cut off, as it should be.
            }
        });
        await().until(() -> sleeping() == 1);

        wayToDatabase.cut();
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> sleeping() == 0);
        } finally {
            wayToDatabase.mend();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(app.submit(GatewayClient.body("kite")).status())
                                .isEqualTo(200));
    }

    @Test
    void noStatementRunsForEver() {
        var main = gateway.getBean(JdbcClient.class);

        assertThat(setting(main, "statement_timeout")).isEqualTo("20s");
        assertThat(setting(main, "client_connection_check_interval")).isEqualTo("2s");
        assertThat(setting(main, "idle_in_transaction_session_timeout")).isEqualTo("10s");
        var reads = gateway.getBean("reads", JdbcClient.class);
        assertThat(setting(reads, "statement_timeout")).isEqualTo("1s");
        assertThat(setting(reads, "client_connection_check_interval")).isEqualTo("2s");
        assertThat(setting(reads, "application_name")).isEqualTo("reelgate-reads");
    }

    @Test
    void migrationsTakeAsLongAsTheyTake() throws SQLException {
        var migrations = gateway.getBean(Flyway.class).getConfiguration().getDataSource();
        try (var connection = migrations.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        assertThat(setting(JdbcClient.create(migrations), "statement_timeout")).isEqualTo("0");
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private long sleeping() {
        return record.sql("select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = ?")
                .param(database.name())
                .query(Long.class)
                .single();
    }

    private long waiting() {
        return record.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = ?")
                .param(database.name())
                .query(Long.class)
                .single();
    }

    /** Holds a table up until the test ends. */
    private void lock(String table) {
        var locked = new CountDownLatch(1);
        locking.add(Thread.ofPlatform()
                .start(() -> new TransactionTemplate(new JdbcTransactionManager(around)).executeWithoutResult(_ -> {
                    record.sql("lock table " + table + " in access exclusive mode")
                            .update();
                    locked.countDown();
                    uninterrupted(unlock);
                })));
        uninterrupted(locked);
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ConcurrentLinkedQueue<GatewayClient.Answer> together(
            int number, java.util.function.Supplier<GatewayClient.Answer> call) {
        var answers = new ConcurrentLinkedQueue<GatewayClient.Answer>();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < number; i++) {
            callers.add(Thread.ofVirtual().start(() -> answers.add(call.get())));
        }
        return answers;
    }
}
