package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Gateways that come and go on one database: nothing of a job is in their memory. */
class RestartTests {

    private final LedgerUpstream upstream = new LedgerUpstream();
    private final Database database = TestPostgres.freshDatabase();

    @AfterEach
    void end() {
        upstream.close();
    }

    @Test
    void aJobIsFollowedToItsEndByTheNextGateway() {
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_restart"));
        String id;
        try (var first = gateway()) {
            id = client(first).submit(GatewayClient.body("kite")).id();
            await().until(() -> !upstream.polls().isEmpty());
        }
        upstream.onPoll(
                "task_restart",
                LedgerUpstream.Answer.ok("{\"status\":\"completed\",\"url\":\"https://cdn.example.com/a.mp4\"}"));

        try (var second = gateway()) {
            await().untilAsserted(() ->
                    assertThat(client(second).job(id).text("/status")).isEqualTo("completed"));
        }
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void aPauseHoldsForTheOtherGatewayToo() {
        try (var one = gateway();
                var other = gateway()) {
            client(one).opsPost("/ops/api/pause", "{\"paused\":true}");

            await().untilAsserted(() ->
                    assertThat(client(other).submit("{}").http().statusCode()).isEqualTo(400));
            await().untilAsserted(() -> assertThat(
                            client(other).submit(GatewayClient.body("kite")).text("/error/code"))
                    .isEqualTo("paused"));
        }
    }

    private ConfigurableApplicationContext gateway() {
        return new SpringApplicationBuilder(ReelgateApplication.class)
                .properties(
                        "server.port=0",
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "reelgate.upstream.base-url=" + upstream.baseUrl(),
                        "reelgate.upstream.api-key=" + LedgerUpstream.KEY,
                        "reelgate.ops.password=test-ops",
                        "reelgate.tracking.interval-min=100ms",
                        "reelgate.tracking.interval-max=200ms")
                .run();
    }

    private static GatewayClient client(ConfigurableApplicationContext gateway) {
        var server = ((ServletWebServerApplicationContext) gateway).getWebServer();
        return new GatewayClient(server == null ? 0 : server.getPort());
    }
}
