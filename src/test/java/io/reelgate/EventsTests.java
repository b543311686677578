package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.LedgerUpstream.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams of a job's changes. */
@FullStackTest
@TestPropertySource(properties = "reelgate.delivery.max-waiting=6")
class EventsTests {

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        http.shutdownNow();
    }

    /** One event as it came. */
    record Event(String id, String name, JsonNode data) {

        String status() {
            return data.path("status").asString();
        }
    }

    @Test
    void tellsTheStateAtOnceEachChangeAndTheEnd() {
        var id = app.submit(GatewayClient.body("kite")).id();
        var stream = open(id);
        var lines = stream.body().iterator();

        var first = next(lines);
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"in_progress\",\"progress\":\"30%\"}"));
        var second = next(lines);
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://films.example.com/1.mp4\"}"));
        var third = next(lines);

        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(stream.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(List.of(first, second, third))
                .extracting(Event::status)
                .containsExactly("queued", "in_progress", "completed");
        assertThat(List.of(first, second, third)).extracting(Event::name).containsOnly("status");
        assertThat(third.data().path("url").asString()).isEqualTo("https://films.example.com/1.mp4");
        assertThat(Long.parseLong(third.id())).isGreaterThan(Long.parseLong(first.id()));
        assertThat(lines.hasNext()).as("more after the end").isFalse();
        await().until(() -> waiting() == 0);
    }

    @Test
    void whoComesBackAfterTheEndIsToldNotTo() {
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"completed\",\"url\":\"https://films.example.com/1.mp4\"}"));
        var id = app.submit(GatewayClient.body("kite"), "Prefer", "wait=60").id();

        var whole = open(id).body().toList();
        var last = whole.getFirst().replace("id: ", "");

        assertThat(whole).filteredOn(line -> line.startsWith("data: ")).hasSize(1);
        assertThat(open(id, "Last-Event-ID", last).statusCode()).isEqualTo(204);
        assertThat(open(id, "Last-Event-ID", "1").body()).anyMatch(line -> line.contains("\"completed\""));
    }

    @Test
    void aJobThatIsNotThereHasNoStream() {
        assertThat(app.get(GatewayClient.PATH + "/task_nothing/events").status())
                .isEqualTo(404);
    }

    @Test
    void beyondThePlacesThereIsOneEventAndTheClose() {
        var id = app.submit(GatewayClient.body("kite")).id();
        var streams = Stream.generate(() -> open(id)).limit(3).toList();
        await().until(() -> waiting() == 3);

        var fourth = open(id).body().toList();

        assertThat(fourth).filteredOn(line -> line.startsWith("data: ")).hasSize(1);
        assertThat(streams).hasSize(3);
    }

    @Test
    void aReaderThatIsGoneIsForgotten() throws Exception {
        var id = app.submit(GatewayClient.body("kite")).id();
        open(id);
        await().until(() -> waiting() == 1);

        http.shutdownNow();
        http.awaitTermination(Duration.ofSeconds(10));

        // The first write after it has gone, a change or a heartbeat, finds out; the one after that at the latest.
        upstream.onPoll(_ -> Answer.ok("{\"status\":\"in_progress\",\"progress\":\"30%\"}"));
        await().atMost(Duration.ofMinutes(1)).until(() -> waiting() == 0);
    }

    private HttpResponse<Stream<String>> open(String id, String... headers) {
        var request = app.request(GatewayClient.PATH + "/" + id + "/events").header("Accept", "text/event-stream");
        try {
            return http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Event next(Iterator<String> lines) {
        var event = new ArrayList<String>();
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.isEmpty() && event.size() > 1) {
                return new Event(
                        value(event, "id: "),
                        value(event, "event: "),
                        JsonMapper.shared().readTree(value(event, "data: ")));
            }
            event.add(line);
        }
        throw new AssertionError("The stream ended after " + event);
    }

    private static String value(List<String> event, String field) {
        return event.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .findFirst()
                .orElse("");
    }

    private double waiting() {
        return Objects.requireNonNull(meters.find("reelgate.waiting").gauge()).value();
    }
}
