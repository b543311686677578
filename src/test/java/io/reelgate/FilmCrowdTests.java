package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Many readers of one film that do not take it: the connections to the upstream are 128, and others want theirs. */
@FullStackTest
class FilmCrowdTests {

    private static final long FILM = 16 * 1_024 * 1_024;

    @Autowired
    LedgerUpstream upstream;

    String film = "";

    @LocalServerPort
    int port;

    @BeforeEach
    void begin(@LocalServerPort int port) {
        var app = new GatewayClient(port);
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"SUCCESS\"}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        film = GatewayClient.PATH + "/" + id + "/content";
        upstream.onContent(_ -> Answer.film(FILM));
    }

    @Test
    void oneAddressTakesNoFilmFromAnother() throws Exception {
        var stalled = new ArrayList<FilmReaderSocket>();
        try {
            for (var reader = 0; reader < 130; reader++) {
                stalled.add(new FilmReaderSocket("127.0.0.1", port, film));
            }
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> upstream.streaming() >= 16);

            try (var other = new FilmReaderSocket("127.0.0.2", port, film)) {
                assertThat(other.all()).isGreaterThan(FILM);
            }
            try (var same = new FilmReaderSocket("127.0.0.1", port, film)) {
                assertThat(new String(same.input().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 503")
                        .contains("\"code\":\"overloaded\"")
                        .contains("Retry-After: ");
            }
            assertThat(upstream.streaming()).isEqualTo(16);
        } finally {
            for (var reader : stalled) {
                reader.close();
            }
        }
        // Who has gone away leaves the place to others.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(statusOf(film)).isEqualTo(200));
    }

    private int statusOf(String path) throws IOException {
        try (var reader = new FilmReaderSocket("127.0.0.1", port, path)) {
            var line = new String(reader.input().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }
}
