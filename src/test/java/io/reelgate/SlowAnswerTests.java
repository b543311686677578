package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What happens when the upstream takes longer than an app should wait. */
@FullStackTest
@TestPropertySource(properties = "reelgate.submission.answer-within=300ms")
class SlowAnswerTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    @Test
    void aSlowAnswerIsPendingFirstAndAcceptedLater() {
        var patience = new CountDownLatch(1);
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_late").heldBy(patience));

        var answer = app.submit(GatewayClient.body("kite"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("queued");
        assertThat(column("status")).isEqualTo("submitting");

        patience.countDown();
        await().untilAsserted(() -> assertThat(column("status")).isEqualTo("queued"));
        assertThat(app.job("task_late").id()).isEqualTo(answer.id());
        assertThat(upstream.submissions()).hasSize(1);
    }

    @Test
    void aLateAnswerSettlesAJobThatWasGivenUpAsUnknown() {
        var patience = new CountDownLatch(1);
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_later").heldBy(patience));
        var answer = app.submit(GatewayClient.body("kite"));
        jdbc.sql("update video_job set status = 'unconfirmed'").update();

        patience.countDown();

        await().untilAsserted(() -> assertThat(column("status")).isEqualTo("queued"));
        assertThat(app.job("task_later").id()).isEqualTo(answer.id());
    }

    @Test
    void anAppThatGoesAwayCancelsNothing() throws Exception {
        var patience = new CountDownLatch(1);
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_orphan").heldBy(patience));
        var leaving = app.requestOf(GatewayClient.body("kite"));
        try (var http = HttpClient.newHttpClient()) {
            var waiting = http.sendAsync(leaving, BodyHandlers.ofString());
            await().until(() -> upstream.submissions().size() == 1);
            waiting.cancel(true);
            http.shutdownNow();
        }

        patience.countDown();

        await().untilAsserted(
                        () -> assertThat(app.job("task_orphan").text("/status")).isEqualTo("queued"));
    }

    private String column(String name) {
        return jdbc.sql("select " + name + " from video_job order by id desc limit 1")
                .query(String.class)
                .single();
    }
}
