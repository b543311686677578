package io.reelgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.FullStackTest;
import io.reelgate.GatewayClient;
import io.reelgate.LedgerUpstream;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.ActiveProfiles;

/** The sandbox's own receiver, told by the gateway that it is part of. */
@FullStackTest
@ActiveProfiles("sandbox")
class SandboxInboxTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Value("${local.server.port}")
    int port;

    @Test
    void showsWhatCameVerified() {
        upstream.onPoll(
                _ -> LedgerUpstream.Answer.ok("{\"status\":\"completed\",\"url\":\"https://a.example/1.mp4\"}"));

        var id = app.submit(
                        GatewayClient.body("kite"),
                        "X-Reelgate-App",
                        "demo",
                        "X-Reelgate-Webhook",
                        "http://localhost:" + port + "/sandbox/inbox")
                .id();

        await().untilAsserted(() -> {
            var newest = app.get("/sandbox/inbox").body().path(0);
            assertThat(newest.path("body").asString()).contains(id, "video.completed");
            assertThat(newest.path("verified").asBoolean()).isTrue();
            assertThat(newest.path("app").asString()).isEqualTo("demo");
            assertThat(newest.path("webhook-id").asString()).startsWith("msg_");
        });
    }

    @Test
    void showsWhatCannotBeVerifiedAsThat() {
        var answer = app.send(app.request("/sandbox/inbox?app=demo")
                .headers("webhook-id", "msg_1", "webhook-timestamp", "1", "webhook-signature", "v1,AAAA")
                .POST(BodyPublishers.ofString("{\"mine\":true}")));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(app.get("/sandbox/inbox").body().path(0).path("verified").asBoolean(true))
                .isFalse();
    }

    @Test
    void takesNoMoreThanItKeeps() {
        for (int i = 0; i < 60; i++) {
            app.send(app.request("/sandbox/inbox").POST(BodyPublishers.ofString("{}")));
        }

        assertThat(app.get("/sandbox/inbox").body()).hasSize(50);
        assertThat(app.send(app.request("/sandbox/inbox").POST(BodyPublishers.ofString("x".repeat(70_000))))
                        .status())
                .isEqualTo(400);
    }
}
