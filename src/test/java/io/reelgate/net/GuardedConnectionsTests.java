package io.reelgate.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelgate.MediaServer;
import io.reelgate.MediaServer.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;

class GuardedConnectionsTests {

    final MediaServer server = new MediaServer();

    @AfterEach
    void end() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"})
    void noSpellingOfAnAddressThatIsNotAllowedIsConnectedTo(String host) {
        server.serve("/", Reply.film(new byte[] {1}));

        var failure = catchThrowable(() -> get("public", server.url("/").replace("127.0.0.1", host)));

        assertThat(failure).isNotNull();
        assertThat(server.gets("/")).isZero();
    }

    @Test
    void theFailureSaysWhichAddressItWas() {
        var failure = catchThrowable(() -> get("public", server.url("/").replace("127.0.0.1", "localhost")));

        assertThat(ForbiddenAddressException.in(failure))
                .hasMessageContaining("not in the allowed networks")
                .hasMessageMatching(".*(127\\.0\\.0\\.1|0:0:1).*");
    }

    @Test
    void anAllowedAddressIsConnectedTo() {
        server.serve("/", Reply.of(200, "text/plain", "hello".getBytes()));

        assertThat(get("loopback", server.url("/"))).isEqualTo("hello");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.serve("/", Reply.redirect(server.url("/else")));

        get("loopback", server.url("/"));

        assertThat(server.gets("/else")).isZero();
    }

    private static String get(String allowed, String url) {
        var connections = new GuardedConnections(
                WebClient.builder(), "test", List.of(AddressRange.of(allowed)), Duration.ofSeconds(5));
        try {
            return String.valueOf(connections
                    .client()
                    .get()
                    .uri(url)
                    .retrieve()
                    .bodyToMono(String.class)
                    .block(Duration.ofSeconds(20)));
        } finally {
            connections.destroy();
        }
    }
}
