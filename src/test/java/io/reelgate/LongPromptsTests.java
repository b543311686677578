package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** No query fetches what its answer does not show: counted in the bytes that the database answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongPromptsTests {

    private static final int JOBS = 100;
    private static final int PROMPT = 100_000;

    private final Database database = TestPostgres.freshDatabase();
    private final CuttableProxy wayToDatabase = new CuttableProxy(database.port());
    private final LedgerUpstream upstream = new LedgerUpstream();
    private final JdbcClient record = JdbcClient.create(
            new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));

    private ConfigurableApplicationContext gateway;
    private GatewayClient app;
    private int port;
    private String ids;
    private String newest;

    @BeforeAll
    void start() {
        gateway = new SpringApplicationBuilder(ReelgateApplication.class)
                .properties(
                        "server.port=0",
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + wayToDatabase.port() + "/"
                                + database.name(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "reelgate.upstream.base-url=" + upstream.baseUrl(),
                        "reelgate.upstream.api-key=" + LedgerUpstream.KEY,
                        "reelgate.ops.password=test-ops")
                .run();
        port = Objects.requireNonNull(((ServletWebServerApplicationContext) gateway).getWebServer())
                .getPort();
        app = new GatewayClient(port);
        record.sql("""
                insert into video_job (id, app, model, prompt, request, status, upstream_task_id, created_at, finished_at)
                select 'task_' || lpad(to_hex(1790000000000 + n), 12, '0') || '7' || repeat('0', 19), 'shop', 'fast',
                  left(prompt, :prompt), '{"prompt":"' || repeat(prompt, case n when :jobs then 50 else 1 end) || '"}',
                  'failed', 'up_' || n, to_timestamp((1790000000000 + n) / 1000.0), now()
                from generate_series(1, :jobs) n,
                  (select string_agg(md5(i::text), '') as prompt from generate_series(1, :prompt / 32 + 1) i) long
                """).param("jobs", JOBS).param("prompt", PROMPT).update();
        var all = record.sql("select id from video_job order by id desc")
                .query(String.class)
                .list();
        newest = all.getFirst();
        ids = all.stream().map(id -> "id=" + id).collect(Collectors.joining("&"));
    }

    @AfterAll
    void end() {
        gateway.close();
        wayToDatabase.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/video/generations?limit=100, 100_000",
        "/v1/video/generations?limit=100&status=failed, 100_000",
        "/v1/video/generations/{newest}, 10_000",
        "/v1/video/generations/up_7, 10_000",
        "/ops/api/jobs?limit=100, 200_000",
        "/ops/api/jobs?limit=100&text=c4ca4238, 200_000",
        "/ops/jobs?limit=100, 200_000",
        "/ops/jobs?limit=100&status=failed&model=fast, 200_000",
        "/ops/jobs/rows?{ids}, 200_000",
        "/ops/jobs/{newest}, 300_000",
        "/ops/find?q={newest}, 10_000"
    })
    void noAnswerCostsMoreThanItShows(String path, String most) {
        long before = wayToDatabase.bytesAnswered();
        var answer = get(path);
        long fetched = wayToDatabase.bytesAnswered() - before;

        assertThat(answer.status()).as(answer.http().body()).isIn(200, 302);
        assertThat(fetched).isLessThan(Long.parseLong(most.replace("_", "")));
    }

    @Test
    void aRepeatCostsNoPrompt() {
        var body = GatewayClient.body("kite ".repeat(PROMPT / 5));
        var id = app.submit(body, "Idempotency-Key", "k").id();
        long before = wayToDatabase.bytesAnswered();

        assertThat(app.submit(body, "Idempotency-Key", "k").id()).isEqualTo(id);

        assertThat(wayToDatabase.bytesAnswered() - before).isLessThan(10_000);
    }

    @Test
    void theWholeIsWhereItIsAskedFor() {
        var job = app.ops("/ops/api/jobs/" + newest).body();
        var whole = record.sql("select request from video_job where id = ?")
                .param(newest)
                .query(String.class)
                .single();

        assertThat(job.path("prompt").asString()).hasSize(PROMPT);
        assertThat(job.at("/request/prompt").asString()).hasSize(whole.length() - "{\"prompt\":\"\"}".length());
        assertThat(app.ops("/ops/jobs/" + newest + "/request").http().body()).isEqualTo(whole);
        assertThat(app.ops("/ops/api/jobs.csv?app=shop").http().body().length()).isGreaterThan(JOBS * PROMPT);
        assertThat(Instant.parse(job.path("created_at").asString())).isBefore(Instant.now());
    }

    @Test
    void listsThatNobodyTakesAreFewAndStopNothingElse() {
        record.sql("""
                insert into video_job (id, app, model, prompt, request, status, url, created_at, finished_at)
                select 'task_' || lpad(to_hex(1780000000000 + n), 12, '0') || '7' || repeat('0', 19), 'films', 'fast', 'kite',
                  '{}', 'succeeded', 'https://cdn.example.com/' || repeat('a', 40000), now(), now()
                from generate_series(1, 100) n""").update();
        var request = "GET /v1/video/generations?limit=100 HTTP/1.1\r\nHost: x\r\nX-Reelgate-App: films\r\n\r\n";
        var stalled = new ArrayList<RawHttp>();
        try {
            for (int i = 0; i < 24; i++) {
                stalled.add(new RawHttp(port, 4 * 1024).send(request));
            }
            var refused = await().until(() -> app.get(GatewayClient.PATH), answer -> answer.status() == 503);

            assertThat(refused.text("/error/code")).isEqualTo("overloaded");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(app.job(newest).status()).isEqualTo(200);
            assertThat(app.submit(GatewayClient.body("kite")).status()).isEqualTo(200);
        } finally {
            stalled.forEach(RawHttp::close);
        }
        await().untilAsserted(
                        () -> assertThat(app.get(GatewayClient.PATH).status()).isEqualTo(200));
    }

    private GatewayClient.Answer get(String path) {
        var address = path.replace("{newest}", newest).replace("{ids}", ids);
        return address.startsWith("/v1") ? app.get(address, "X-Reelgate-App", "shop") : app.ops(address);
    }
}
