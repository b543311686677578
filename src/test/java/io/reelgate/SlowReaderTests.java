package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.LedgerUpstream.Answer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A reader that does not take its film, or hardly, is given up: what it holds of the upstream's is free for others. */
@FullStackTest
@TestPropertySource(
        properties = {
            "reelgate.streaming.per-address=2",
            "reelgate.streaming.longest-stall=2s",
            "reelgate.streaming.least-rate=2MB"
        })
class SlowReaderTests {

    private static final long FILM = 64 * 1_024 * 1_024;

    @Autowired
    LedgerUpstream upstream;

    String film = "";

    @Autowired
    GatewayClient app;

    @LocalServerPort
    int port;

    @BeforeEach
    void begin() {
        await().atMost(Duration.ofSeconds(20)).until(() -> upstream.streaming() == 0);
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"SUCCESS\"}"));
        var id = app.submit(GatewayClient.body("kite")).id();
        await().untilAsserted(() -> assertThat(app.job(id).text("/status")).isEqualTo("completed"));
        film = GatewayClient.PATH + "/" + id + "/content";
        upstream.onContent(_ -> Answer.film(FILM));
    }

    @Test
    void whoTakesNothingIsGivenUp() throws Exception {
        try (var reader = new FilmReaderSocket("127.0.0.1", port, film)) {
            await().until(() -> upstream.streaming() == 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> upstream.streaming() == 0);

            // The part that got through is not to be taken for the whole.
            assertThat(reader.all()).isLessThan(FILM);
        }
        assertThat(app.ops("/actuator/prometheus").http().body())
                .containsPattern("reelgate_films_given_up_total [1-9]")
                .contains("reelgate_films_refused_total", "reelgate_films_streaming");
    }

    /** Both still wait, and read nothing. */
    @Test
    void thePlaceOfAFilmThatWasGivenUpIsFree() throws Exception {
        try (var first = new FilmReaderSocket("127.0.0.1", port, film);
                var second = new FilmReaderSocket("127.0.0.1", port, film)) {
            await().until(() -> upstream.streaming() == 2);
            try (var third = new FilmReaderSocket("127.0.0.1", port, film)) {
                assertThat(third.all()).isLessThan(1_000);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> upstream.streaming() == 0);
            try (var third = new FilmReaderSocket("127.0.0.1", port, film)) {
                assertThat(third.all()).isGreaterThan(FILM);
            }
        }
    }

    @Test
    void whoDripsIsGivenUp() throws Exception {
        try (var reader = new FilmReaderSocket("127.0.0.1", port, film)) {
            await().until(() -> upstream.streaming() == 1);
            // A step each tenth of a second, never a stall: some hundred KB a second.
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        reader.input().readNBytes(10_000);
                        return upstream.streaming() == 0;
                    });
            assertThat(reader.all()).isLessThan(FILM);
        }
    }

    @Test
    void whoTakesItIsNot() throws Exception {
        try (var reader = new FilmReaderSocket("127.0.0.1", port, film)) {
            assertThat(reader.all()).isGreaterThan(FILM);
        }
    }
}
