package io.reelgate.upstream;

import static io.reelgate.upstream.ScriptedUpstream.answering;
import static io.reelgate.upstream.ScriptedUpstream.http;
import static io.reelgate.upstream.ScriptedUpstream.reset;
import static io.reelgate.upstream.ScriptedUpstream.resetting;
import static io.reelgate.upstream.ScriptedUpstream.write;
import static io.reelgate.upstream.ScriptedUpstream.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import io.reelgate.upstream.ScriptedUpstream.Script;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a submission does on the wire: one POST at most, whatever happens to it, and the right outcome. */
class SubmissionOverTheWireTests {

    private static final byte[] BODY =
            "{ \"model\" : \"doubao-seedance-2-0\",\n\"prompt\":\"手表\\u0000\", \"seed\":1e999999 }"
                    .getBytes(StandardCharsets.UTF_8);
    private static final String ACCEPTANCE = Fixtures.read("submission/seed");

    @Test
    void postsTheBodyAsItCameWithTheKeyAndNothingElse() throws Exception {
        var body = new AtomicReference<byte[]>();
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    body.set(request.body());
                    write(socket, http(200, ACCEPTANCE));
                });
                var gateway = new ClientFixture(upstream.address() + "/", Map.of())) {
            assertThat(gateway.submit(BODY)).isEqualTo(new Accepted("task_1234567890"));

            assertThat(body.get()).isEqualTo(BODY);
            var request = upstream.ledger.getFirst();
            assertThat(request.line()).isEqualTo("POST /v1/video/generations HTTP/1.1");
            assertThat(request.headers())
                    .containsOnlyKeys(
                            "authorization",
                            "content-type",
                            "content-length",
                            "accept",
                            "accept-encoding",
                            "user-agent",
                            "host")
                    .containsEntry("authorization", "Bearer " + Fixtures.KEY)
                    .containsEntry("content-type", "application/json")
                    .containsEntry("accept", "application/json")
                    .containsEntry("user-agent", "reelgate")
                    .containsEntry("content-length", String.valueOf(BODY.length));
        }
    }

    @Test
    void postsThirtyMegabytesAsTheyCame() throws Exception {
        var large = new byte[30 * 1_024 * 1_024 + 17];
        new Random(7).nextBytes(large);
        var arrived = new AtomicReference<byte[]>();
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    arrived.set(request.body());
                    write(socket, http(200, ACCEPTANCE));
                });
                var gateway = new ClientFixture(
                        upstream.address().toString(), Map.of("upload-timeout", "60s", "response-timeout", "60s"))) {
            assertThat(gateway.submit(large)).isInstanceOf(Accepted.class);
            assertThat(arrived.get()).isEqualTo(large);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguities")
    void neverPostsTwiceWhenNobodyKnowsWhatBecameOfIt(String what, Script script) throws Exception {
        assertUnconfirmedByOnePost(script, Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void neverPostsTwiceWhenTheAnswerDoesNotComeOrNotEnd(String what, Script script) throws Exception {
        assertUnconfirmedByOnePost(
                script, Map.of("connect-timeout", "500ms", "upload-timeout", "500ms", "response-timeout", "500ms"));
    }

    private static void assertUnconfirmedByOnePost(Script script, Map<String, String> settings) throws Exception {
        try (var upstream = new ScriptedUpstream(script);
                var gateway = new ClientFixture(upstream.address().toString(), settings)) {
            assertThat(gateway.submit(BODY))
                    .isInstanceOfSatisfying(
                            Unconfirmed.class,
                            unconfirmed -> assertThat(unconfirmed.reason()).isNotBlank());
            assertThat(upstream.posts()).isEqualTo(1);
        }
    }

    static Stream<Arguments> ambiguities() {
        return Stream.of(
                Arguments.of("reset", resetting("")),
                Arguments.of("closed", writing("")),
                Arguments.of("reset within the head", resetting("HTTP/1.1 200 OK\r\nContent-")),
                Arguments.of(
                        "reset within the body",
                        resetting("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":\"a\"}")),
                Arguments.of(
                        "closed within the body",
                        writing("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":\"a\"}")),
                Arguments.of("broken chunks", writing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}")),
                Arguments.of("no HTTP", writing("SSH-2.0-OpenSSH_9.6\r\n")),
                Arguments.of("garbage in a 200", answering(200, "<html>ok</html>")),
                Arguments.of("no id in a 200", answering(200, "{\"status\":\"queued\"}")),
                Arguments.of("an empty 200", answering(200, "")),
                Arguments.of("a 204", writing("HTTP/1.1 204 No Content\r\n\r\n")),
                Arguments.of("408", answering(408, "")),
                Arguments.of("500", answering(500, Fixtures.read("error/do-request-failed"))),
                Arguments.of("502", answering(502, "<html>Bad Gateway</html>")),
                Arguments.of("503", answering(503, "", "Retry-After: 1")),
                Arguments.of("504", answering(504, "")),
                Arguments.of("too large", answering(200, "{\"id\":\"a\",\"x\":[" + "\"x\",".repeat(500_000) + "0]}")));
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                Arguments.of("silence", (Script) (request, socket) -> {
                    request.body();
                    silence();
                }),
                Arguments.of("silence within the body", (Script) (request, socket) -> {
                    request.body();
                    write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":\"a\"");
                    silence();
                }),
                Arguments.of("a head that trickles", trickling("HTTP/1.1 200 OK\r\nX: ")),
                Arguments.of("a body that trickles", trickling("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n")));
    }

    /** Until the test is over. */
    private static void silence() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static Script trickling(String start) {
        return (request, socket) -> {
            request.body();
            write(socket, start);
            while (true) {
                Thread.sleep(100);
                write(socket, " ");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws Exception {
        try (var upstream = new ScriptedUpstream(answering(status, "", "Location: /v1/video/generations"));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.submit(BODY)).isInstanceOf(Misrouted.class);
            assertThat(upstream.ledger).hasSize(1);
        }
    }

    @Test
    void retriesOnlyWhatProvablyNeverLeft() throws Exception {
        // A TLS client meets a server that hangs up: a connection each time, and not one request.
        try (var upstream = new ScriptedUpstream((request, socket) -> {});
                var hangUp = new HangUp();
                var gateway = new ClientFixture("https://127.0.0.1:" + hangUp.port(), Map.of())) {
            assertThat(gateway.submit(BODY)).isInstanceOf(NotSent.class);
            assertThat(hangUp.connections()).isEqualTo(3);
            assertThat(upstream.posts()).isZero();
            assertThat(gateway.health.isDown()).isTrue();
        }
    }

    @Test
    void sendsNothingToAPortThatRefuses() throws Exception {
        var port = freePort();
        try (var gateway = new ClientFixture("http://127.0.0.1:" + port, Map.of())) {
            assertThat(gateway.submit(BODY)).isEqualTo(new NotSent("the connection to the upstream was refused"));
            assertThat(gateway.health.trouble()).isPresent();
        }
    }

    /** It stood still before the call, and others have given the job up meanwhile. */
    @Test
    void sendsNothingThatWasIntendedTooLongAgo() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> write(socket, http(200, ACCEPTANCE)));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of("connect-timeout", "1h"))) {
            var wayOut = Duration.ofHours(3 * 3);

            assertThat(gateway.client
                            .submit(BODY, Fixtures.CLOCK.instant().minus(wayOut))
                            .outcome())
                    .isInstanceOf(NotSent.class);
            assertThat(upstream.posts()).isZero();

            assertThat(gateway.client
                            .submit(BODY, Fixtures.CLOCK.instant().minus(wayOut).plus(Duration.ofHours(1)))
                            .outcome())
                    .isInstanceOf(Accepted.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 402, 403, 404, 408, 429, 500, 503})
    void keepsTheUpstreamsIdOfTheRequestWhateverItAnswers(int status) throws Exception {
        try (var upstream = new ScriptedUpstream(
                        answering(status, ACCEPTANCE, "x-oneapi-request-id: 20260731120000123456789AbC"));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.result(BODY).upstreamRequestId()).isEqualTo("20260731120000123456789AbC");
        }
    }

    /** What comes after the head is lost, and the id is all that ops have. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsTheUpstreamsIdOfARequestWhoseAnswerStallsOrBreaksOff(boolean stalls) throws Exception {
        Script script = (request, socket) -> {
            request.body();
            write(socket, "HTTP/1.1 200 OK\r\nX-Oneapi-Request-Id: req-1\r\nContent-Length: 100\r\n\r\n{\"id\":");
            if (!stalls) {
                reset(socket);
            }
        };
        try (var upstream = new ScriptedUpstream(script);
                var gateway = new ClientFixture(
                        upstream.address().toString(), Map.of("response-timeout", "1s", "upload-timeout", "1s"))) {
            var result = gateway.result(BODY);

            assertThat(result.outcome()).isInstanceOf(Unconfirmed.class);
            assertThat(result.upstreamRequestId()).isEqualTo("req-1");
        }
    }

    /** A byte now and then, and never the last one: the call as a whole runs out of time. */
    @Test
    void keepsTheUpstreamsIdOfARequestWhoseAnswerNeverEnds() throws Exception {
        Script script = (request, socket) -> {
            request.body();
            write(socket, "HTTP/1.1 200 OK\r\nX-Oneapi-Request-Id: req-2\r\nContent-Length: 1000\r\n\r\n");
            while (!socket.isClosed()) {
                write(socket, " ");
                Thread.sleep(100);
            }
        };
        var settings = Map.of("connect-timeout", "100ms", "response-timeout", "1s", "upload-timeout", "100ms");
        try (var upstream = new ScriptedUpstream(script);
                var gateway = new ClientFixture(upstream.address().toString(), settings)) {
            var result = gateway.result(BODY);

            assertThat(result.outcome()).isEqualTo(new Unconfirmed("no answer from the upstream in time"));
            assertThat(result.upstreamRequestId()).isEqualTo("req-2");
        }
    }

    @Test
    void hasNoIdOfARequestThatWasNotAnswered() throws Exception {
        try (var upstream = new ScriptedUpstream(resetting(""));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.result(BODY).upstreamRequestId()).isNull();
        }
    }

    @Test
    void sendsNothingToAHostThatDoesNotExist() {
        try (var gateway = new ClientFixture("http://no-such-host.invalid", Map.of("connect-timeout", "300ms"))) {
            assertThat(gateway.submit(BODY)).isInstanceOf(NotSent.class);
        }
    }

    @Test
    void saysBusyWhenEveryConnectionIsTaken() throws Exception {
        var held = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    request.body();
                    held.await();
                    write(socket, http(200, ACCEPTANCE));
                });
                var gateway = new ClientFixture(
                        upstream.address().toString(), Map.of("max-connections", "1", "connect-timeout", "500ms"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> gateway.submit(BODY), threads);
            await().until(() -> upstream.posts() == 1);

            assertThat(gateway.submit(BODY)).isEqualTo(new NotSent("all connections to the upstream are busy", true));
            assertThat(gateway.health.isDown()).isFalse();
            held.countDown();
            assertThat(first.join()).isInstanceOf(Accepted.class);
            assertThat(upstream.posts()).isEqualTo(1);
        }
    }

    @Test
    void letsNoPollStarveASubmission() throws Exception {
        var held = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    request.body();
                    if (request.line().startsWith("GET")) {
                        held.await();
                    }
                    write(socket, http(200, ACCEPTANCE));
                });
                var gateway = new ClientFixture(upstream.address().toString(), Map.of("max-connections", "1"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var poll = CompletableFuture.supplyAsync(
                    () -> gateway.client.poll("task_1234567890").block(), threads);
            await().until(() -> upstream.ledger.size() == 1);

            assertThat(gateway.submit(BODY)).isInstanceOf(Accepted.class);
            held.countDown();
            assertThat(poll.join()).isInstanceOf(PollOutcome.Seen.class);
        }
    }

    @Test
    void goesByTheStatusOfARefusalWhoseBodyBreaksOff() throws Exception {
        try (var upstream = new ScriptedUpstream(writing("HTTP/1.1 402 No\r\nContent-Length: 99\r\n\r\n{\"error\":"));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.submit(BODY)).isInstanceOf(QuotaExhausted.class);
        }
    }

    @Test
    void hearsARefusalThatComesBeforeTheBodyWasTaken() throws Exception {
        var heard = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    write(socket, http(413, "{\"error\":{\"message\":\"too large\"}}", "Connection: close"));
                    heard.await();
                });
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.submit(new byte[30 * 1_024 * 1_024]))
                    .isEqualTo(new Refused(413, new UpstreamError(413, null, "too large")));
            heard.countDown();
        }
    }

    @Test
    void endsThoughTheUpstreamTakesNoByteOfTheBody() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> silence());
                var gateway = new ClientFixture(
                        upstream.address().toString(),
                        Map.of("connect-timeout", "500ms", "upload-timeout", "500ms", "response-timeout", "500ms"))) {
            assertThat(gateway.submit(new byte[30 * 1_024 * 1_024])).isInstanceOf(Unconfirmed.class);
            assertThat(upstream.posts()).isEqualTo(1);
        }
    }

    @Test
    void keepsALargeBodyOutOfDirectMemory() throws Exception {
        var reading = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    reading.await();
                    request.body();
                    write(socket, http(200, ACCEPTANCE));
                });
                var gateway = new ClientFixture(
                        upstream.address().toString(), Map.of("upload-timeout", "60s", "response-timeout", "60s"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = directMemory();
            var outcome = CompletableFuture.supplyAsync(() -> gateway.submit(new byte[30 * 1_024 * 1_024]), threads);
            await().until(() -> upstream.posts() == 1);
            var most = new AtomicLong();
            await().during(Duration.ofMillis(500)).until(() -> {
                most.accumulateAndGet(directMemory() - before, Math::max);
                return true;
            });
            reading.countDown();

            assertThat(outcome.join()).isInstanceOf(Accepted.class);
            assertThat(most.get()).isLessThan(16 * 1_024 * 1_024);
        }
    }

    /** Bytes outside the heap: what the JDK counts, and what Netty takes without its knowledge. */
    private static long directMemory() {
        var counted = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return counted + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    @Test
    void reusesAWarmConnectionAndClosesAnIdleOneBeforeItGoesStale() throws Exception {
        try (var upstream = new ScriptedUpstream(answering(200, ACCEPTANCE));
                var gateway = new ClientFixture(upstream.address().toString(), Map.of("max-idle", "1s"))) {
            // A connection is back in the pool a moment after its answer; from then on it is used again.
            await().until(() -> {
                int before = upstream.opened.get();
                gateway.submit(BODY);
                return upstream.opened.get() == before && before > 0;
            });
            int opened = upstream.opened.get();

            await().until(() -> upstream.closedByClient.get() == opened);
            assertThat(gateway.submit(BODY)).isInstanceOf(Accepted.class);
            assertThat(upstream.opened).hasValue(opened + 1);
        }
    }

    @Test
    void tellsNobodyTheKeyThoughTheUpstreamEchoesIt() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    request.body();
                    write(
                            socket,
                            http(
                                    401,
                                    "{\"error\":{\"message\":\"bad header "
                                            + request.headers().get("authorization") + "\"}}"));
                });
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            assertThat(gateway.submit(BODY))
                    .isEqualTo(new KeyRefused(new UpstreamError(401, null, "bad header [redacted]")));
            assertThat(gateway.health.trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble.words()).doesNotContain(Fixtures.KEY));
        }
    }

    @Test
    void isUnconfirmedWhenItsThreadIsInterrupted() throws Exception {
        try (var upstream = new ScriptedUpstream((request, socket) -> {
                    request.body();
                    silence();
                });
                var gateway = new ClientFixture(upstream.address().toString(), Map.of())) {
            var outcome = new CompletableFuture<SubmissionOutcome>();
            var submitter = Thread.ofVirtual().start(() -> outcome.complete(gateway.submit(BODY)));
            await().until(() -> upstream.posts() == 1);

            submitter.interrupt();

            assertThat(outcome.join()).isEqualTo(new Unconfirmed("the gateway gave the call up"));
            assertThat(gateway.health.isDown()).isFalse();
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Accepts connections and closes them at once. */
    private static final class HangUp implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();

        HangUp() throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        server.accept().close();
                        connections.incrementAndGet();
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        int connections() {
            return connections.get();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
