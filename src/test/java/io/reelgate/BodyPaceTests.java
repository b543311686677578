package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.MultipartConfigElement;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Bodies that do not come, come too slowly, or break: each gets a clear answer and its connection back soon, nobody else is
 * kept out meanwhile, and nothing is bought.
 */
@FullStackTest
@TestPropertySource(
        properties = {
            "server.tomcat.connection-timeout=2s",
            "reelgate.submission.body.grace=1s",
            "reelgate.submission.body.least-rate=32KB",
            "reelgate.submission.body.deadline=5s"
        })
@Timeout(60)
class BodyPaceTests {

    private static final String BODY = GatewayClient.body("kite");
    private static final int MUCH = 64 * 1024 * 1024;

    @Autowired
    GatewayClient app;

    @LocalServerPort
    int port;

    @AfterEach
    void nobodyIsKeptOut() {
        assertThat(app.submit(BODY).status()).isEqualTo(200);
    }

    @Test
    void connectionsThatAnnounceMuchAndSendNothingKeepNobodyOut() {
        var silent = new ArrayList<RawHttp>();
        try {
            for (int i = 0; i < 40; i++) {
                silent.add(new RawHttp(port).send(post(sized(MUCH))).send("{"));
            }
            assertThat(app.submit(BODY).status()).isEqualTo(200);
            assertThat(app.submit(picture(20 * 1024 * 1024)).status()).isEqualTo(200);
        } finally {
            silent.forEach(RawHttp::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000\r\n\r\n{\"", "Transfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n"})
    void aBodyThatStallsIsToldSo(String start) {
        try (var raw = new RawHttp(port)) {
            var answer = raw.send(post(start)).all();

            assertEnvelope(answer, 408, "request_timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 67108864\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"})
    void aBodyThatDripsIsToldSo(String length) {
        try (var raw = new RawHttp(port)) {
            raw.send(post(length));
            var answer = drip(raw, length.startsWith("T") ? "1\r\n \r\n" : " ");

            assertEnvelope(answer, 408, "request_timeout");
        }
    }

    @Test
    void aFormThatStallsOrDripsIsToldSo() {
        var head =
                "POST /v1/videos HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n" + sized(MUCH)
                        + "--x\r\nContent-Disposition: form-data; name=\"input_reference\"; filename=\"a\"\r\n\r\nGIF89a";
        try (var stalls = new RawHttp(port);
                var drips = new RawHttp(port)) {
            stalls.send(head);
            drips.send(head);

            assertEnvelope(drip(drips, " "), 408, "request_timeout");
            assertEnvelope(stalls.all(), 408, "request_timeout");
        }
    }

    @Test
    void aBodyThatTakesTooLongInAllIsToldSo() {
        try (var raw = new RawHttp(port)) {
            raw.send(post(sized(MUCH)));
            var answer = drip(raw, " ".repeat(8 * 1024)); // 80 KB a second

            assertEnvelope(answer, 408, "request_timeout");
        }
    }

    @Test
    void aSlowButSteadyBodyIsTaken() {
        var body = picture(240 * 1024);
        try (var raw = new RawHttp(port)) {
            raw.send(post(sized(body.length())));
            for (int at = 0; at < body.length(); at += 8 * 1024) {
                raw.send(body.substring(at, Math.min(body.length(), at + 8 * 1024)));
                pause();
            }
            assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 500\r\n\r\n{\"model\":",
                "Content-Length: 500\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"model\":",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}}}}\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n{}\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer",
            })
    void aBodyThatBreaksIsToldSo(String start) {
        try (var raw = new RawHttp(port)) {
            var answer = raw.send(post(start)).end().all();

            assertEnvelope(answer, 400, "incomplete_body");
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 67108865, 413", "Content-Length: 99999999999, 413"})
    void whatIsTooLargeAndDripsIsClosedSoon(String length, int status) {
        try (var raw = new RawHttp(port)) {
            var answer = drip(raw.send(post(length + "\r\n\r\n")), " ");

            assertEnvelope(answer, status, "request_too_large");
        }
    }

    @Test
    void whoAsksBeforeSendingIsToldThatItIsTooLarge() {
        try (var raw = new RawHttp(port)) {
            var answer =
                    raw.send(post("Expect: 100-continue\r\n" + sized(MUCH + 1))).all();

            assertEnvelope(answer, 413, "request_too_large");
        }
    }

    /** What nobody reads is dropped, but at no slower pace than what is read. */
    @ParameterizedTest
    @CsvSource({
        "GET, /v1/video/generations, application/json, 200",
        "GET, /v1/video/generations/task_1, application/json, 404",
        "POST, /v1/audio, application/json, 404",
        "POST, /v1/video/generations, text/plain, 415",
        "PUT, /v1/video/generations, application/json, 405",
        "POST, /nothing, application/json, 404",
        "GET, /actuator/health, text/plain, 200",
        "GET, /actuator/health, application/json, 408",
        "POST, /ops/api/pause, application/json, 401"
    })
    void aBodyThatNobodyWantsHoldsItsConnectionNotForLong(String method, String path, String type, int status) {
        try (var raw = new RawHttp(port)) {
            raw.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + sized(MUCH));
            var answer = drip(raw, " ");

            assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContain("\"timestamp\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"/ops/login, application/x-www-form-urlencoded", "/ops/api/pause, application/json"})
    void aStallOutsideOfTheAppsRoutesIsAProblem(String path, String type) {
        var login = "Authorization: Basic b3BzOnRlc3Qtb3Bz\r\n";
        for (var length : new String[] {sized(1000), "Transfer-Encoding: chunked\r\n\r\n"}) {
            try (var raw = new RawHttp(port)) {
                var answer = raw.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + login
                                + length)
                        .all();

                assertThat(answer)
                        .startsWith("HTTP/1.1 408 ")
                        .contains("application/problem+json")
                        .contains("\"request_id\":\"req_");
            }
            try (var raw = new RawHttp(port)) {
                var answer = raw.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + login
                                + length)
                        .end()
                        .all();

                assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
            }
        }
    }

    /** Memory for a form is taken when its length is announced. */
    @Test
    void aFormLargerThanAnyOfOursIsRefusedBeforeItComes() {
        try (var raw = new RawHttp(port)) {
            var answer = raw.send("POST /ops/login HTTP/1.1\r\nHost: x\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\n" + sized(40_000))
                    .until("\r\n");

            assertThat(answer).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void filesInAnybodysFormAreKeptNowhere(@Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(MultipartConfigElement.class)).isEmpty();
    }

    /**
     * Sends the piece ten times a second until the gateway has closed; returns what it said. If it does not close, its answer is
     * lost to the client's read time-out.
     */
    private static String drip(RawHttp raw, String piece) {
        var closed = new boolean[1];
        var dripping = Thread.ofVirtual().start(() -> {
            while (!closed[0]) {
                try {
                    raw.send(piece);
                } catch (RuntimeException e) {
                    return; // closed
                }
                pause();
            }
        });
        try {
            return raw.all();
        } finally {
            closed[0] = true;
            await().until(() -> !dripping.isAlive());
        }
    }

    /** The pace of a client, not a wait for the gateway. */
    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertEnvelope(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("{\"error\":{\"message\":\"")
                .contains("\"code\":\"" + code + "\",\"param\":null,\"request_id\":\"req_")
                .contains("Connection: close")
                .containsOnlyOnce("HTTP/1.1 ");
    }

    private static String post(String rest) {
        return "POST " + GatewayClient.PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + rest;
    }

    private static String sized(int length) {
        return "Content-Length: " + length + "\r\n\r\n";
    }

    private static String picture(int bytes) {
        var start = BODY.replaceFirst("}$", ",\"images\":[\"data:image/png;base64,");
        return start + "A".repeat(bytes - start.length() - 3) + "\"]}";
    }
}
