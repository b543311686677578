package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import io.reelgate.process.Ports;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A gateway that is started with another upstream on the same database leaves the tasks of the first alone. */
class AccountTests {

    private final LedgerUpstream ours = new LedgerUpstream();
    private final LedgerUpstream other = new LedgerUpstream();
    private final Database database = TestPostgres.freshDatabase();

    @AfterEach
    void end() {
        ours.close();
        other.close();
    }

    @Test
    void asksNobodyElseForATaskAndTellsOps() {
        var id = jobAt(ours, "task_ours");
        other.onPoll(_ -> Answer.of(404, "{\"error\":{\"message\":\"task not found\",\"code\":\"task_not_exist\"}}"));

        try (var gateway = gateway(other)) {
            var client = client(gateway);
            // Its own jobs are polled meanwhile, again and again.
            other.onSubmit(_ -> LedgerUpstream.accepted("task_other"));
            other.onPoll("task_other", Answer.ok("{\"status\":\"queued\"}"));
            client.submit(GatewayClient.body("kite"));
            await().until(() -> polls("task_other") > 5);

            assertThat(polls("task_ours")).isZero();
            assertThat(client.job(id).text("/status")).isEqualTo("queued");
            assertThat(client.ops("/ops/api/accounts").body().path("items"))
                    .satisfiesExactly(
                            first -> {
                                assertThat(first.path("address").asString()).isEqualTo(ours.baseUrl());
                                assertThat(first.path("served").asBoolean()).isFalse();
                                assertThat(first.path("in_flight").asInt()).isEqualTo(1);
                            },
                            second -> assertThat(second.path("served").asBoolean())
                                    .isTrue());
            assertThat(client.ops("/actuator/health").body().at("/components/account/details/elsewhere/0/address"))
                    .hasToString("\"" + ours.baseUrl() + "\"");
            await().untilAsserted(() ->
                    assertThat(client.ops("/ops").http().body()).contains("/ops/accounts", ours.baseUrl()));
            assertThat(client.ops("/ops/accounts").http().body()).contains(ours.baseUrl(), other.baseUrl());
            assertThat(client.opsPost("/ops/api/jobs/" + id + "/poll", "{}").status())
                    .isEqualTo(409);
        }
    }

    @Test
    void asksForThemOnceOpsSayThatItIsTheSameAccount() {
        var id = jobAt(ours, "task_ours");
        other.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));

        try (var gateway = gateway(other);
                var replica = gateway(other)) {
            var client = client(gateway);
            assertThat(client.opsPost("/ops/api/accounts/sandbox/adopt", "{}").status())
                    .isEqualTo(409);
            assertThat(client.opsPost("/ops/api/accounts/default/adopt", "{}").status())
                    .isEqualTo(200);

            await().untilAsserted(
                            () -> assertThat(client.job(id).text("/status")).isEqualTo("completed"));
            await().untilAsserted(() -> assertThat(
                            client(replica).ops("/ops/api/accounts").body().path("items"))
                    .allSatisfy(account ->
                            assertThat(account.path("served").asBoolean()).isTrue()));
        }
        // Whoever goes back to the first address is the same account, too.
        try (var back = gateway(ours)) {
            assertThat(client(back).ops("/ops/api/accounts").body().path("items"))
                    .allSatisfy(account ->
                            assertThat(account.path("served").asBoolean()).isTrue());
        }
    }

    /** As when the key was forgotten at a restart: the sandbox knows no task that was paid for. */
    @Test
    void theSandboxLeavesPaidJobsAlone() {
        var id = jobAt(ours, "task_ours");

        try (var sandbox = gateway("--spring.profiles.active=sandbox")) {
            var client = client(sandbox);
            var rehearsal = client.submit(GatewayClient.body("kite")).id();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.job(rehearsal).text("/status").equals("completed"));

            assertThat(client.job(id).text("/status")).isEqualTo("queued");
            assertThat(client.opsPost("/ops/api/accounts/default/adopt", "{}").status())
                    .isEqualTo(409);
            assertThat(client.ops("/ops/accounts").http().body()).doesNotContain("id=\"adopt\"");
        }
        ours.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));
        try (var again = gateway(ours)) {
            await().untilAsserted(() ->
                    assertThat(client(again).job(id).text("/status")).isEqualTo("completed"));
        }
    }

    /** Two accounts may give the same id to two tasks. */
    @Test
    void aTaskIdIsUniqueWithinItsAccountOnly() {
        jobAt(ours, "task_1");
        var second = jobAt(other, "task_1");

        try (var gateway = gateway(other)) {
            assertThat(client(gateway).job(second).text("/status")).isEqualTo("queued");
            assertThat(gateway.getBean(JdbcClient.class)
                            .sql("select count(distinct account) from video_job where upstream_task_id = 'task_1'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(2);
        }
    }

    /** A film without a link can be had only with the key of the account that made it. */
    @Test
    void fetchesNoFilmOfAnotherAccount() {
        ours.onPoll(_ -> Answer.ok("{\"status\":\"completed\"}"));
        String id;
        try (var gateway = gateway(ours)) {
            ours.onSubmit(_ -> LedgerUpstream.accepted("task_film"));
            id = client(gateway).submit(GatewayClient.body("kite")).id();
            await().until(() -> client(gateway).job(id).text("/status").equals("completed"));
        }

        try (var gateway = gateway(other)) {
            var answer = client(gateway).get("/v1/video/generations/" + id + "/content");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("/error/code")).isEqualTo("content_unavailable");
            assertThat(answer.text("/error/message")).contains("account");
        }
        assertThat(other.polls()).isEmpty();
    }

    private long polls(String taskId) {
        return other.polls().stream()
                .filter(poll -> poll.path().endsWith(taskId))
                .count();
    }

    /** A job in flight that was submitted to this upstream, by a gateway that is gone. */
    private String jobAt(LedgerUpstream upstream, String taskId) {
        upstream.onSubmit(_ -> LedgerUpstream.accepted(taskId));
        try (var gateway = gateway(upstream)) {
            return client(gateway).submit(GatewayClient.body("kite")).id();
        }
    }

    private ConfigurableApplicationContext gateway(LedgerUpstream upstream) {
        return gateway(
                "--reelgate.upstream.base-url=" + upstream.baseUrl(),
                "--reelgate.upstream.api-key=" + LedgerUpstream.KEY);
    }

    private ConfigurableApplicationContext gateway(String... settings) {
        return new SpringApplicationBuilder(ReelgateApplication.class)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=" + Ports.free(),
                                        "--spring.datasource.url=" + database.jdbcUrl(),
                                        "--spring.datasource.username=" + database.username(),
                                        "--spring.datasource.password=" + database.password(),
                                        "--reelgate.ops.password=test-ops",
                                        "--reelgate.tracking.interval-min=100ms",
                                        "--reelgate.tracking.interval-max=200ms",
                                        "--reelgate.tracking.missing-grace=1ms"),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    private static GatewayClient client(ConfigurableApplicationContext gateway) {
        var server = ((ServletWebServerApplicationContext) gateway).getWebServer();
        return new GatewayClient(server == null ? 0 : server.getPort());
    }
}
