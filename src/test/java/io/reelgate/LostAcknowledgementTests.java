package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.process.Ports;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What an attempt came to is committed, the word of it gets lost, and the job is sent again before the gateway repeats its write:
 * that must not undo what the later attempt did.
 */
class LostAcknowledgementTests {

    private final Database database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(
            new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));

    @Test
    void aRepeatedWriteLeavesTheLaterAttemptAlone() {
        var answer = new CountDownLatch(1);
        try (var upstream = new LedgerUpstream();
                var wire = new CuttableProxy(database.port())) {
            upstream.onSubmit(_ -> LedgerUpstream.Answer.of(500, "{}").heldBy(answer));
            int port = Ports.free();
            try (var _ = gateway(port, wire, upstream)) {
                var app = new GatewayClient(port);
                var submitted = CompletableFuture.supplyAsync(() -> app.submit(GatewayClient.body("kite")));
                await().until(() -> upstream.submissions().size() == 1);

                wire.swallowAnswers();
                answer.countDown();
                await().until(() -> status().equals("unconfirmed"));
                jdbc.sql("update video_job set status = 'submitting', attempt = 2, error_code = null")
                        .update();
                wire.cut();
                wire.mend();

                assertThat(submitted.join().status()).isEqualTo(202);
                assertThat(status()).isEqualTo("submitting");
                assertThat(jdbc.sql("select kind from job_event order by id")
                                .query(String.class)
                                .list())
                        .containsExactly("submitted", "unconfirmed");
            }
        }
    }

    private String status() {
        return jdbc.sql("select status from video_job").query(String.class).single();
    }

    private ConfigurableApplicationContext gateway(int port, CuttableProxy wire, LedgerUpstream upstream) {
        return new SpringApplicationBuilder(ReelgateApplication.class)
                .run(
                        "--server.port=" + port,
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/%s"
                                .formatted(wire.port(), database.name()),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--reelgate.upstream.base-url=" + upstream.baseUrl(),
                        "--reelgate.upstream.api-key=" + LedgerUpstream.KEY,
                        "--reelgate.ops.password=test-ops");
    }
}
