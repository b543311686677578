package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.ScriptedUpstream.Script;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of many megabytes: a film or a picture as Base64 beside what is asked for. */
class LargeAnswersOverTheWireTests {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String URL = "https://cdn.example.com/f.mp4";

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50})
    void readsATaskBesideAFilmInBase64(int megabytes) throws Exception {
        var script = streaming(
                "{\"code\":\"success\",\"data\":{\"b64\":\"",
                'A',
                megabytes,
                "\",\"list\":[\"\\\"\\\\\"],\"status\":\"SUCCESS\",\"result_url\":\"" + URL + "\"}}");
        try (var upstream = new ScriptedUpstream(script);
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_1").block())
                    .isInstanceOfSatisfying(
                            Seen.class,
                            seen -> assertThat(seen.snapshot().url()).isEqualTo(URL));
        }
    }

    @Test
    void readsTheIdThatWasPaidForBesideThePicturesThatWereSent() throws Exception {
        var script = streaming("{\"images\":[\"data:image/png;base64,", 'A', 8, "\"],\"id\":\"task_1\"}");
        try (var upstream = new ScriptedUpstream(script);
                var gateway = gateway(upstream)) {
            assertThat(gateway.submit(BODY)).isEqualTo(new Accepted("task_1"));
        }
    }

    @Test
    void saysThatAnAnswerOfManyPartsIsTooLarge() throws Exception {
        var script = streaming("{\"id\":\"task_1\",\"status\":\"completed\",\"x\":[0", ' ', 3, "]}");
        var reason = "HTTP 200, but the answer is larger than 1 MB (reelgate.upstream.max-answer-size)";
        try (var upstream = new ScriptedUpstream(script);
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_1").block()).isEqualTo(new Unanswered(reason, null));
            assertThat(gateway.submit(BODY)).isEqualTo(new Unconfirmed(reason));
        }
    }

    @Test
    void saysThatAnAnswerBeyondMeasureIsTooLarge() throws Exception {
        var script = streaming("{\"id\":\"task_1\",\"status\":\"completed\",\"x\":\"", 'A', 65, "\"}");
        try (var upstream = new ScriptedUpstream(script);
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_1").block())
                    .isEqualTo(new Unanswered("HTTP 200, but the answer is larger than 64 MB", null));
        }
    }

    @Test
    void saysThatAnAnswerBrokeOff() throws Exception {
        try (var upstream = new ScriptedUpstream(
                        ScriptedUpstream.writing("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_1").block())
                    .isEqualTo(new Unanswered("HTTP 200, but the answer broke off", null));
        }
    }

    private static Script streaming(String beginning, char filling, int megabytes, String end) {
        var megabyte = new byte[1_024 * 1_024];
        Arrays.fill(megabyte, (byte) filling);
        return (request, socket) -> {
            request.body();
            write(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                            + (beginning.length() + (long) megabytes * megabyte.length + end.length()) + "\r\n\r\n"
                            + beginning);
            for (var written = 0; written < megabytes; written++) {
                write(socket, megabyte);
            }
            write(socket, end);
        };
    }

    private static ClientFixture gateway(ScriptedUpstream upstream) {
        return new ClientFixture(
                upstream.address().toString(), Map.of("poll-timeout", "30s", "response-timeout", "30s"));
    }
}
