package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the poller leaves in the record between a job's acceptance and its end. */
@FullStackTest
class PollTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GatewayClient app;

    @Test
    void theUpstreamIsLeftAloneForAsLongAsItAsks() {
        upstream.onPoll(_ -> Answer.of(429, "").with("Retry-After", "600"));

        app.submit(GatewayClient.body("kite"));

        await().until(() -> jdbc.sql("select count(*) from poll_ticket where failures = 1 and leased_until is null"
                                + " and due_at > now() + interval '9 minutes'")
                        .query(Long.class)
                        .single()
                == 1);
    }

    @Test
    void aFailureKeepsHowFarItCame() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"running\",\"progress\":70}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().until(() -> app.job(id).body().path("progress").asInt() == 70);

        upstream.onPoll(
                _ -> Answer.ok("{\"status\":\"failed\",\"error\":{\"code\":\"bad\",\"message\":\"too dark\"}}"));

        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("failed"));
        assertThat(app.job(id).body().path("progress").asInt()).isEqualTo(70);
        assertThat(app.job(id).text("/error/message")).isEqualTo("too dark");
    }

    @Test
    void anAnsweredPollPastTheDeadlineExpiresAndARefusedOneDoesNot() {
        upstream.onPoll(_ -> Answer.of(401, "{\"error\":{\"message\":\"Invalid token\"}}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        jdbc.sql("update poll_ticket set tracked_since = now() - interval '25 hours'")
                .update();
        await().until(() -> !upstream.polls().isEmpty());
        assertThat(app.job(id).text("/status")).isEqualTo("queued");

        upstream.onPoll(_ -> Answer.ok("{\"status\":\"running\",\"progress\":99}"));

        await().untilAsserted(() -> {
            app.opsPost("/ops/api/jobs/" + id + "/poll", "");
            assertThat(app.job(id).text("/error/code")).isEqualTo("expired");
        });
        assertThat(jdbc.sql("select status from video_job").query(String.class).single())
                .isEqualTo("expired");
        assertThat(jdbc.sql("select count(*) from poll_ticket")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
