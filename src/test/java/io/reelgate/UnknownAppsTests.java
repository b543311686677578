package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.api.videos.Form;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A gateway that takes jobs only from apps that ops know. */
@FullStackTest
@TestPropertySource(properties = "reelgate.access.unknown-apps=refuse")
class UnknownAppsTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient client;

    @Test
    void mayNotSubmitAndBuyNothing() {
        for (var name : new String[] {"stranger", "anonymous"}) {
            var answer = client.submit(GatewayClient.body("kite"), "X-Reelgate-App", name);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("/error/code")).isEqualTo("app_not_allowed");
            assertThat(answer.text("/error/message")).contains(name);
        }
        assertThat(client.submit(GatewayClient.body("kite")).status()).isEqualTo(403);
        var form = Form.of("x");
        assertThat(client.send(client.request("/v1/videos")
                                .header("Content-Type", form.type())
                                .POST(BodyPublishers.ofByteArray(form.end())))
                        .text("/error/code"))
                .isEqualTo("app_not_allowed");
        assertThat(upstream.submissions()).isEmpty();
        assertThat(client.get(GatewayClient.PATH, "X-Reelgate-App", "stranger").status())
                .isEqualTo(200);
    }

    @Test
    void maySubmitOnceTheyAreRegisteredWhateverIsSaidOfThem() {
        assertThat(client.opsPut("/ops/api/apps/known", "{}").status()).isEqualTo(200);

        assertThat(client.submit(GatewayClient.body("kite"), "X-Reelgate-App", "known")
                        .status())
                .isEqualTo(200);

        assertThat(client.opsDelete("/ops/api/apps/known").status()).isEqualTo(204);
        assertThat(client.submit(GatewayClient.body("kite"), "X-Reelgate-App", "known")
                        .status())
                .isEqualTo(403);
    }
}
