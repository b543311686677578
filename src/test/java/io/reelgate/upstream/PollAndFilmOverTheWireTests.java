package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.answering;
import static io.reelgate.upstream.ScriptedUpstream.resetting;
import static io.reelgate.upstream.ScriptedUpstream.write;
import static io.reelgate.upstream.ScriptedUpstream.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.ScriptedUpstream.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a poll and a film do on the wire. */
class PollAndFilmOverTheWireTests {

    @Test
    void asksForTheTaskWithTheKey() throws Exception {
        try (var upstream = new ScriptedUpstream(answering(200, Fixtures.read("query/c-flat-completed")));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task/1?x").block()).isInstanceOf(Seen.class);

            var request = upstream.ledger.getFirst();
            assertThat(request.line()).isEqualTo("GET /v1/video/generations/task%2F1%3Fx HTTP/1.1");
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + Fixtures.KEY);
        }
    }

    @Test
    void asksNobodyForWhatCannotBeATask() throws Exception {
        try (var upstream = new ScriptedUpstream(answering(200, "{\"status\":\"failed\"}"));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("..").block()).isInstanceOf(Missing.class);
            assertThat(gateway.client.poll("").block()).isInstanceOf(Missing.class);
            assertThat(gateway.film("a b")).isInstanceOf(VideoContent.Unavailable.class);
            assertThat(upstream.ledger).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "task_asked | {'task_id':'task_other','status':'completed','url':'https://cdn.example.com/o.mp4'}",
                "task_asked | {'id':'task_other','status':'failed'}",
                "task_asked | {'id':'task_other','status':'running','progress':5}",
                "task_asked | {'code':'success','data':{'id':4711,'task_id':'task_other','status':'SUCCESS'}}",
                "4711 | {'id':4712,'status':'completed'}"
            })
    void believesNoAnswerThatNamesAnotherTaskOfTheKindAskedFor(String asked, String answer) throws Exception {
        try (var upstream = new ScriptedUpstream(answering(200, answer.replace('\'', '"')));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll(asked).block())
                    .isInstanceOfSatisfying(
                            Unanswered.class,
                            unanswered -> assertThat(unanswered.reason()).contains("another task"));
            assertThat(gateway.health.trouble())
                    .map(UpstreamHealth.Trouble::kind)
                    .hasValue(UpstreamHealth.Kind.MIXED_UP);
            assertThat(gateway.health.mixUps()).isEqualTo(1);
        }
    }

    /** The provider's own id, the row of the relay's table, the task of the relay behind this one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'status':'running'}",
                "{'id':'task_asked','status':'running'}",
                "{'id':' Task_Asked ','status':'running'}",
                "{'id':'cgt-20260731','status':'running'}",
                "{'id':4711,'status':'running'}",
                "{'id':'task_asked','task_id':'task_inner','status':'running'}",
                "{'id':'task_row','task_id':'task_asked','status':'running'}",
                "{'task_id':'task_asked','status':'IN_PROGRESS','data':{'task_id':'task_inner','status':'IN_PROGRESS'}}",
                "{'task_id':'','status':'running'}"
            })
    void believesAnAnswerThatNamesTheTaskOrSomethingOfAnotherKind(String answer) throws Exception {
        try (var upstream = new ScriptedUpstream(answering(200, answer.replace('\'', '"')));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_asked").block()).isInstanceOf(Seen.class);
            assertThat(gateway.health.trouble()).isEmpty();
        }
    }

    /** What a setting made impossible is trouble like any other, and no exception. */
    @Test
    void learnsNothingWhereTheAddressCannotBeBuilt() {
        try (var gateway = new ClientFixture("http://127.0.0.1:1", Map.of("query-path", "/tasks of/{task_id}"))) {
            assertThat(gateway.client.poll("task_1").block()).isInstanceOf(Unanswered.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void learnsNothingFromTrouble(String what, Script script) throws Exception {
        try (var upstream = new ScriptedUpstream(script);
                var gateway = new ClientFixture(upstream.address().toString(), Map.of("poll-timeout", "1s"))) {
            assertThat(gateway.client.poll("task_1").block()).isInstanceOf(Unanswered.class);
            assertThat(upstream.ledger).hasSize(1);
        }
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of("reset", resetting("")),
                Arguments.of(
                        "half an answer",
                        writing("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"status\":\"failed\"}")),
                Arguments.of("no HTTP", writing("220 smtp.example.com\r\n")),
                Arguments.of("500", answering(500, Fixtures.read("query/c-flat-failed"))),
                Arguments.of("redirect", answering(302, "", "Location: /elsewhere")),
                Arguments.of(
                        "too large",
                        answering(200, "{\"status\":\"failed\",\"x\":[" + "\"x\",".repeat(500_000) + "0]}")),
                Arguments.of("a trickle", (Script) (request, socket) -> {
                    write(socket, "HTTP/1.1 200 OK\r\nX: ");
                    while (true) {
                        Thread.sleep(100);
                        write(socket, "x");
                    }
                }),
                Arguments.of("silence", (Script) (request, socket) -> Thread.sleep(60_000)));
    }

    @Test
    void isDeniedWithoutAWordAboutTheTask() throws Exception {
        try (var upstream = new ScriptedUpstream(answering(401, Fixtures.read("error/key-bad")));
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_1").block()).isInstanceOf(Denied.class);
            assertThat(gateway.health.trouble())
                    .map(UpstreamHealth.Trouble::kind)
                    .hasValue(UpstreamHealth.Kind.KEY_REFUSED);
        }
    }

    @Test
    void streamsAFilm() throws Exception {
        try (var upstream = new ScriptedUpstream(writing(film("video/mp4", 5, "12345")));
                var gateway = gateway(upstream)) {
            try (var film = (VideoContent.Stream) gateway.film("task_1")) {
                assertThat(film.contentType()).isEqualTo("video/mp4");
                assertThat(film.length()).isEqualTo(5);
                assertThat(film.body().readAllBytes()).isEqualTo("12345".getBytes(StandardCharsets.UTF_8));
            }
            var request = upstream.ledger.getFirst();
            assertThat(request.line()).isEqualTo("GET /v1/videos/task_1/content HTTP/1.1");
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + Fixtures.KEY);
        }
    }

    @Test
    void saysThatAFilmBrokeOff() throws Exception {
        try (var upstream = new ScriptedUpstream(resetting(film("video/mp4", 500, "12345")));
                var gateway = gateway(upstream);
                var film = (VideoContent.Stream) gateway.film("task_1")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> film.body().readAllBytes());
        }
    }

    @Test
    void releasesTheConnectionOfAFilmThatNobodyWatchesToTheEnd() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    write(socket, film("video/mp4", 50_000_000, "12345"));
                    while (true) {
                        socket.getOutputStream().write(new byte[8_192]);
                    }
                });
                var gateway = new ClientFixture(upstream.address().toString(), Map.of("max-connections", "1"))) {
            for (var watched = 0; watched < 3; watched++) {
                try (var film = (VideoContent.Stream) gateway.film("task_1")) {
                    assertThat(film.body().read()).isEqualTo('1');
                }
            }
            assertThat(upstream.opened).hasValue(3);
        }
    }

    @Test
    void passesARedirectOnInsteadOfFollowingIt() throws Exception {
        try (var upstream = new ScriptedUpstream(answering(302, "", "Location: https://cdn.example.com/f.mp4?s=1"));
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1"))
                    .isEqualTo(new VideoContent.Elsewhere(URI.create("https://cdn.example.com/f.mp4?s=1")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Location: javascript:alert(1)",
                "Location: ftp://x.example/f",
                "Location: https://x.example/f?key=" + Fixtures.KEY,
                "Location: /v1/videos/task_2/content",
                "X-Nothing: here"
            })
    void passesNoUselessRedirectOn(String header) throws Exception {
        try (var upstream = new ScriptedUpstream(answering(302, "", header));
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1")).isInstanceOf(VideoContent.Unavailable.class);
        }
    }

    @Test
    void takesNoErrorForAFilm() throws Exception {
        var script = answering(404, Fixtures.read("error/task-not-exist"));
        try (var upstream = new ScriptedUpstream(script);
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1"))
                    .isEqualTo(new VideoContent.Unavailable("HTTP 404 task_not_exist: task_not_exist"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "image/svg+xml"})
    void takesNoPageForAFilm(String type) throws Exception {
        try (var upstream = new ScriptedUpstream(writing(film(type, 2, "{}")));
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1")).isInstanceOf(VideoContent.Unavailable.class);
        }
    }

    @Test
    void findsNoFilmWhenNobodyAnswers() throws Exception {
        try (var upstream = new ScriptedUpstream(resetting(""));
                var gateway = gateway(upstream)) {
            assertThat(gateway.film("task_1")).isInstanceOf(VideoContent.Unavailable.class);
        }
    }

    private static ClientFixture gateway(ScriptedUpstream upstream) {
        return new ClientFixture(upstream.address().toString(), Map.of());
    }

    private static String film(String type, int length, String bytes) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + bytes;
    }
}
