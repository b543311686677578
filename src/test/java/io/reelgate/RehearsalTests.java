package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.Rehearsals;
import io.reelgate.process.Ports;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway in the sandbox, as whoever starts it for the first time meets it. */
@TestInstance(Lifecycle.PER_CLASS)
class RehearsalTests {

    private ConfigurableApplicationContext gateway;
    private GatewayClient app;
    private Rehearsals rehearsals;

    @BeforeAll
    void start() {
        var database = TestPostgres.freshDatabase();
        int port = Ports.free();
        gateway = new SpringApplicationBuilder(ReelgateApplication.class)
                .profiles("sandbox")
                .run(
                        "--server.port=" + port,
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--reelgate.ops.password=test-ops",
                        "--reelgate.sandbox.task-length=500ms",
                        "--reelgate.tracking.interval-min=100ms",
                        "--reelgate.tracking.interval-max=200ms");
        app = new GatewayClient(port);
        rehearsals = gateway.getBean(Rehearsals.class);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aFirstFilmIsOneButtonAway() {
        assertThat(app.ops("/ops/jobs?app=nobody").http().body()).doesNotContain("id=\"rehearse\"");
        assertThat(app.ops("/ops").http().body()).contains("id=\"rehearse\"");

        var id = rehearsals.submit("film.team", "a kite over the sea");

        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        assertThat(app.ops("/ops/api/jobs/" + id).text("/app")).isEqualTo("film.team");
    }

    @Test
    void whatAnAppWouldBeRefusedIsSaid() {
        assertThatExceptionOfType(OpsProblem.class)
                .isThrownBy(() -> rehearsals.submit("demo", "[quota] kite"))
                .withMessageContaining("insufficient_quota");
        assertThatExceptionOfType(OpsProblem.class).isThrownBy(() -> rehearsals.submit("片场", "kite"));
        assertThatExceptionOfType(OpsProblem.class).isThrownBy(() -> rehearsals.submit("demo", " "));
    }

    /** The upstream took it, its answer was lost: ops find the task where the upstream lists them, and attach it. */
    @Test
    void aJobWhoseAnswerWasLostFindsItsTask() {
        var id = app.submit(GatewayClient.body("[garbage] lost kite")).id();
        assertThat(app.job(id).text("/status")).isEqualTo("unknown");

        var task = StreamSupport.stream(app.get("/sandbox/tasks").body().spliterator(), false)
                .filter(listed -> listed.path("prompt").asString().contains("lost kite"))
                .findFirst()
                .orElseThrow()
                .path("task_id")
                .asString();
        app.opsPost(
                "/ops/api/jobs/" + id + "/resolution",
                "{\"action\":\"attach\",\"upstream_task_id\":\"%s\"}".formatted(task));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
    }

    /** All that an app has of a job may be the X-Request-Id of an answer that it logged. */
    @Test
    void aRequestLeadsToItsJob() {
        var answer = app.submit(GatewayClient.body("kite"), "X-Request-Id", "trace-4711");

        assertThat(app.ops("/ops/api/jobs/trace-4711").text("/id")).isEqualTo(answer.id());
        assertThat(app.ops("/ops/api/jobs/" + answer.id()).text("/request_id")).isEqualTo("trace-4711");
        assertThat(app.ops("/ops/jobs/" + answer.id()).http().body()).contains("trace-4711");
        assertThat(app.get("/v1/video/generations/trace-4711").status())
                .as("not for apps")
                .isEqualTo(404);
    }
}
