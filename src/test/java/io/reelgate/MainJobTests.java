package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The main job, end to end: a keyless job goes in, a video comes out. */
@FullStackTest
class MainJobTests {

    @Autowired
    LedgerUpstream upstream;

    GatewayClient app;

    @BeforeEach
    void begin(@LocalServerPort int port) {
        upstream.reset();
        app = new GatewayClient(port);
    }

    @Test
    void aKeylessJobIsForwardedWithTheKeyByteForByteAndFollowedToItsEnd() {
        var body = GatewayClient.body("一款智能手表在白色展示台上缓慢旋转").replace(",", " ,\n");
        upstream.onSubmit(_ -> LedgerUpstream.accepted("task_1234567890"));
        upstream.onPoll("task_1234567890", LedgerUpstream.Answer.ok("""
                        {"code":"success","data":{"status":"SUCCESS","progress":"100%","result_url":"https://cdn.example.com/a.mp4",
                        "data":{"usage":{"completion_tokens":108900}}}}"""));

        var answer = app.submit(body, "Authorization", "Bearer sk-of-the-app", "X-Reelgate-App", "shop");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.id()).matches("task_[0-9a-f]{32}");
        assertThat(answer.text("/status")).isEqualTo("queued");
        assertThat(upstream.submissions()).singleElement().satisfies(request -> {
            assertThat(request.text()).isEqualTo(body);
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + LedgerUpstream.KEY);
        });
        await().untilAsserted(() -> {
            var job = app.job(answer.id());
            assertThat(job.text("/status")).isEqualTo("completed");
            assertThat(job.text("/url")).isEqualTo("https://cdn.example.com/a.mp4");
            assertThat(job.text("/output/video_url")).isEqualTo("https://cdn.example.com/a.mp4");
            assertThat(job.body().at("/usage/completion_tokens").asInt()).isEqualTo(108900);
        });
        assertThat(app.job("task_1234567890").id()).isEqualTo(answer.id());
    }
}
