package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.http;
import static io.reelgate.upstream.ScriptedUpstream.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.ScriptedUpstream.Request;
import io.reelgate.upstream.ScriptedUpstream.Script;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a connection that is kept, each answer reaches the one who asked, whatever else the upstream sends. */
class KeptConnectionTests {

    private static final int JOBS = 4;
    private static final String GHOST = http(200, "{\"id\":\"task_ghost\",\"status\":\"completed\"}");

    @ParameterizedTest(name = "{0}")
    @MethodSource("interims")
    void aSubmissionGetsItsOwnIdBehindAnInterimAnswer(String what, String interim) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    write(socket, interim);
                    write(socket, acceptanceOf(request));
                });
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= JOBS; job++) {
                assertThat(submit(gateway, job)).isEqualTo(new Accepted("task_" + job));
            }
            assertThat(upstream.opened).hasValue(1);
            assertThat(upstream.posts()).isEqualTo(JOBS);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interims")
    void aPollSeesItsOwnTaskBehindAnInterimAnswer(String what, String interim) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> write(socket, interim + taskOf(request)));
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= JOBS; job++) {
                assertSeesItsOwn(gateway, job);
            }
            assertThat(upstream.opened).hasValue(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interims")
    void aReaderGetsHisOwnFilmBehindAnInterimAnswer(String what, String interim) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    write(socket, interim);
                    write(socket, filmOf(request));
                });
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= JOBS; job++) {
                try (var film = (VideoContent.Stream) gateway.film("task_" + job)) {
                    assertThat(film.body().readAllBytes()).asString().isEqualTo("film of task_" + job);
                }
            }
            assertThat(upstream.opened).hasValue(1);
        }
    }

    static Stream<Arguments> interims() {
        var processing = "HTTP/1.1 102 Processing\r\n\r\n";
        var hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nContent-Length: 0\r\n\r\n";
        return Stream.of(
                Arguments.of("102", processing),
                Arguments.of("103", hints),
                Arguments.of("two of them", processing + hints),
                Arguments.of("100 then 103", "HTTP/1.1 100 Continue\r\n\r\n" + hints),
                Arguments.of("one that nobody knows", "HTTP/1.1 199 Later\r\nX: y\r\n\r\n"),
                Arguments.of("fifty of them", processing.repeat(50)),
                Arguments.of(
                        "a long one", "HTTP/1.1 103 Early Hints\r\n" + "Link: </a.css>\r\n".repeat(1_000) + "\r\n"));
    }

    /** An interim answer is no answer: it must not keep a call alive beyond its time, nor end it. */
    @Test
    void interimAnswersWithoutEndAreNoAnswer() throws Exception {
        Script script = (request, socket) -> {
            request.body();
            while (true) {
                write(socket, "HTTP/1.1 102 Processing\r\n\r\n");
                Thread.sleep(50);
            }
        };
        try (var upstream = new ScriptedUpstream(script);
                var gateway = new ClientFixture(
                        upstream.address().toString(),
                        Map.of(
                                "connect-timeout", "200ms",
                                "upload-timeout", "500ms",
                                "response-timeout", "500ms",
                                "poll-timeout", "500ms"))) {
            assertThat(submit(gateway, 1)).isInstanceOf(Unconfirmed.class);
            assertThat(gateway.client.poll("task_1").block()).isInstanceOf(PollOutcome.Unanswered.class);
            assertThat(gateway.film("task_1")).isInstanceOf(VideoContent.Unavailable.class);
        }
    }

    /** While others wait for the one connection, it would be theirs the moment the answer has ended. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("leftovers")
    void nobodyGetsWhatCameBehindTheAnswerOfAnother(String what, String leftover) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> write(socket, acceptanceOf(request) + leftover));
                var gateway = gateway(upstream);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var first = 1; first <= 12; first += 3) {
                // One has the connection, and as many wait for it as may.
                var jobs = IntStream.range(first, first + 3)
                        .mapToObj(job -> CompletableFuture.supplyAsync(() -> submit(gateway, job), threads))
                        .toList();
                for (var next = 0; next < 3; next++) {
                    assertThat(jobs.get(next).join()).isEqualTo(new Accepted("task_" + (first + next)));
                }
            }
        }
    }

    static Stream<Arguments> leftovers() {
        return Stream.of(
                Arguments.of("a second answer", GHOST),
                Arguments.of("two more answers", GHOST + GHOST),
                Arguments.of("the beginning of one", GHOST.substring(0, GHOST.length() - 5)),
                Arguments.of("half a line", "HTTP/1.1 20"),
                Arguments.of("rubbish", "rubbish\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodiesThatMustNotBe")
    void aBodyWhereNoneMayBeIsNoAnswer(String what, String answer) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    var first = request.line().contains("task_0");
                    write(socket, first ? answer : taskOf(request));
                });
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_0").block()).isInstanceOf(PollOutcome.Unanswered.class);
            for (var job = 1; job <= JOBS; job++) {
                assertSeesItsOwn(gateway, job);
            }
            assertThat(upstream.opened).hasValue(2);
        }
    }

    static Stream<Arguments> bodiesThatMustNotBe() {
        return Stream.of(
                Arguments.of("204 with an answer in it", "HTTP/1.1 204 No\r\nContent-Length: 200\r\n\r\n" + GHOST),
                Arguments.of("204 with a word in it", "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nhello"),
                Arguments.of(
                        "204 in chunks",
                        "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
                Arguments.of("304 with a word in it", "HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\nhello"),
                Arguments.of(
                        "two lengths that differ",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello"),
                Arguments.of("no HTTP", "220 smtp.example.com\r\n"),
                Arguments.of(
                        "broken chunks",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
                Arguments.of("another protocol", "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"));
    }

    /** Its body may be still to come when the head is there; whoever asked next would get it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No\r\nContent-Length: 5",
                "204 No\r\nTransfer-Encoding: chunked",
                "304 Same\r\nContent-Length: 5"
            })
    void aConnectionOnWhichABodyIsStillToComeIsNotKept(String head) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> write(
                        socket,
                        request.line().contains("task_0") ? "HTTP/1.1 " + head + "\r\n\r\n" : taskOf(request)));
                var gateway = gateway(upstream)) {
            gateway.client.poll("task_0").block();
            assertSeesItsOwn(gateway, 1);
            assertThat(upstream.opened).hasValue(2);
        }
    }

    /** RFC 9112, 6.3: one of the two may be there to smuggle an answer in. */
    @Test
    void aConnectionWithTwoWordsOnALengthIsNotKept() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    var id = "{\"id\":\"task_" + new String(request.body(), StandardCharsets.UTF_8) + "\"}";
                    write(
                            socket,
                            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + Integer.toHexString(id.length()) + "\r\n" + id + "\r\n0\r\n\r\n");
                });
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= JOBS; job++) {
                assertThat(submit(gateway, job)).isEqualTo(new Accepted("task_" + job));
            }
            assertThat(upstream.opened).hasValue(JOBS);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leftovers")
    void aConnectionOnWhichSomethingComesUnaskedIsClosed(String what, String unasked) throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    write(socket, acceptanceOf(request));
                    // The answer has been read when the next byte of it can be waited for: nothing more is sent till
                    // then.
                    await().until(() -> request.input().available() == 0);
                    Thread.sleep(200);
                    write(socket, unasked);
                });
                var gateway = gateway(upstream)) {
            for (var job = 1; job <= JOBS; job++) {
                assertThat(submit(gateway, job)).isEqualTo(new Accepted("task_" + job));
                int closed = job;
                await().untilAsserted(() -> assertThat(upstream.closedByClient).hasValue(closed));
            }
            assertThat(upstream.opened).hasValue(JOBS);
        }
    }

    /** What was asked is given up; its answer comes all the same, and is nobody else's. */
    @Test
    void nobodyGetsTheAnswerThatAnotherHadGivenUp() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    if (request.line().contains("task_0")) {
                        Thread.sleep(600);
                    }
                    write(socket, taskOf(request));
                });
                var gateway = new ClientFixture(
                        upstream.address().toString(), Map.of("max-connections", "1", "poll-timeout", "300ms"))) {
            assertThat(gateway.client.poll("task_0").block()).isInstanceOf(PollOutcome.Unanswered.class);
            for (var job = 1; job <= JOBS; job++) {
                assertSeesItsOwn(gateway, job);
            }
            assertThat(upstream.opened).hasValue(2);
        }
    }

    @Test
    void nobodyGetsTheRestOfAnAnswerThatWasTooLarge() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    if (request.line().contains("task_0")) {
                        write(socket, http(200, "{\"x\":[" + "1,".repeat(1_000_000) + "0]}"));
                    }
                    write(socket, taskOf(request));
                });
                var gateway = gateway(upstream)) {
            assertThat(gateway.client.poll("task_0").block()).isInstanceOf(PollOutcome.Unanswered.class);
            for (var job = 1; job <= JOBS; job++) {
                assertSeesItsOwn(gateway, job);
            }
        }
    }

    private static ClientFixture gateway(ScriptedUpstream upstream) {
        return new ClientFixture(
                upstream.address().toString(),
                Map.of("max-connections", "1", "connect-timeout", "5s", "max-idle", "30s"));
    }

    /** A body that says which job it is, and nothing else. */
    private static SubmissionOutcome submit(ClientFixture gateway, int job) {
        return gateway.submit(String.valueOf(job).getBytes(StandardCharsets.UTF_8));
    }

    private static void assertSeesItsOwn(ClientFixture gateway, int job) {
        assertThat(gateway.client.poll("task_" + job).block())
                .isInstanceOfSatisfying(
                        Seen.class,
                        seen -> assertThat(seen.snapshot().url()).isEqualTo("https://cdn.example.com/task_" + job));
    }

    private static String acceptanceOf(Request request) throws IOException {
        return http(200, "{\"id\":\"task_" + new String(request.body(), StandardCharsets.UTF_8) + "\"}");
    }

    private static String taskOf(Request request) {
        return http(200, "{\"status\":\"completed\",\"url\":\"https://cdn.example.com/" + taskId(request, 4) + "\"}");
    }

    private static String filmOf(Request request) {
        var film = "film of " + taskId(request, 3);
        return "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: " + film.length() + "\r\n\r\n" + film;
    }

    private static String taskId(Request request, int segment) {
        return request.line().split(" ")[1].split("/")[segment];
    }
}
