package io.reelgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that no decent client sends: each gets a clear answer, and none of them buys anything. */
@FullStackTest
class HttpOdditiesTests {

    private static final String BODY = GatewayClient.body("kite");
    private static final String LOGIN = "Authorization: Basic b3BzOnRlc3Qtb3Bz\r\n";

    @Autowired
    LedgerUpstream upstream;

    @Autowired
    GatewayClient app;

    @LocalServerPort
    int port;

    @AfterEach
    void nothingWasBought() {
        assertThat(upstream.submissions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/video/generations, POST",
        "DELETE, /v1/video/generations, GET",
        "POST, /v1/video/generations/task_1, GET",
        "DELETE, /v1/video/generations/task_1, GET"
    })
    void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        var answer = app.send(app.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(BODY)));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed).doesNotContain(method);
        assertThat(answer.text("/error/code")).isEqualTo("method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1//video/generations",
                "//v1/video/generations",
                "/v1/video/generations/",
                "/v1/video/generations;jsessionid=1",
                "/v1;a=b/video/generations",
                "/v1/./video/generations",
                "/v1/x/../video/generations",
                "/v1/video/Generations",
                "/v1/video/generations.json",
                "/v1/films",
                "/v1/",
                "/v1"
            })
    void aPathThatIsNearlyRightIsRefusedInTheEnvelope(String path) {
        var answer = once("POST", path, "Content-Length: " + BODY.length() + "\r\n", BODY);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").contains("{\"error\":{\"message\":\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/video%2fgenerations",
                "/v1/video/generations%00",
                "/v1/video/generations%",
                "/v1/video\\generations",
                "*"
            })
    void aPathThatCannotBeReadIsRefused(String path) {
        assertThat(once("POST", path, "Content-Length: " + BODY.length() + "\r\n", BODY))
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nX-Request-Id: req_")
                .contains("{\"message\":\"This request cannot be read", "\"code\":\"invalid_request\"");
    }

    /** Such a line of such a request Tomcat refuses before it knows what was asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/<b> HTTP/1.1\r\nHost: x\r\n\r\n",
                "G(T /v1/video/generations HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n"
            })
    void aRequestOfNobodyKnowsWhomGetsEnvelopeAndProblemInOne(String request) {
        assertThat(raw(request))
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nContent-Type: application/problem+json")
                .contains("\"status\":400", "\"error\":{\"message\":\"", "\"request_id\":\"req_")
                .doesNotContain("<html", "Tomcat");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/video/generations, application/json, '\"error\":{\"message\":'",
        "/v1/video/generations/task_1, application/json, '\"error\":{\"message\":'",
        "/ops, text/html, </html>",
        "/ops/login, text/html, </html>",
        "/ops/jobs, text/html, </html>",
        "/ops/jobs/rows, text/html, </html>",
        "/ops/find, text/html, </html>",
        "/ops/api/jobs, application/problem+json, '\"status\":400'",
        "/ops/api/stats, application/problem+json, '\"status\":400'",
        "/ops/assets/console.css, application/problem+json, '\"status\":400'",
        "/actuator/prometheus, application/problem+json, '\"status\":400'",
        "/v3/api-docs, application/problem+json, '\"status\":400'"
    })
    void aQueryThatCannotBeReadIsRefusedInTheShapeOfItsPath(String path, String type, String shape) {
        var thousandAndOne =
                IntStream.rangeClosed(0, 1_000).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("&"));
        for (var query :
                List.of("a=%", "a=%zz", "%ff=1", "a=%ff", "id=%00", "a%00=1", "%01=1", "a=%C0%80", thousandAndOne)) {
            var answer = once("GET", path + "?" + query, LOGIN + "Accept: text/html,*/*\r\n", "");

            assertThat(answer)
                    .as(query)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\r\nContent-Type: " + type)
                    .contains(shape)
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({"a=%, 400", "a=%ff, 400", "username=ops%00, 400", "LONG, 413"})
    void aFormThatCannotBeReadIsRefusedOnAPage(String form, int status) {
        var body = form.equals("LONG") ? "note=" + "a".repeat(40_000) : form;
        for (var path : List.of("/ops/login", "/ops/pause", "/ops/jobs/task_1/resolution")) {
            var answer = raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html\r\n"
                    + LOGIN
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);

            assertThat(answer).as(path).startsWith("HTTP/1.1 " + status + " ").contains("</html>");
        }
    }

    @Test
    void aFieldOfTheWrongKindIsTheCallersMistake() {
        var token = "token";
        var masked = Base64.getUrlEncoder().encodeToString((new String(new char[token.length()]) + token).getBytes());

        var answer =
                raw("POST /ops/pause?paused=perhaps HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html\r\n"
                        + LOGIN + "Cookie: REELGATE_FORM=" + token + "\r\nX-CSRF-TOKEN: " + masked
                        + "\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("</html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops/jobs/task_1.json", "/ops/balance.json", "/ops/nothing.js", "/ops/nothing.css"})
    void aPageIsHtmlWhateverItsAddressEndsWith(String path) {
        assertThat(once("GET", path, LOGIN + "Accept: text/html,*/*\r\n", ""))
                .startsWith("HTTP/1.1 404 ")
                .contains("\r\nContent-Type: text/html;charset=UTF-8", "</html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a/b/c", "db/x", "liveness/x"})
    void healthOfNothingIsNotFound(String component) {
        assertThat(once("GET", "/actuator/health/" + component, LOGIN, ""))
                .startsWith("HTTP/1.1 404 ")
                .contains("\"status\":404");
    }

    @ParameterizedTest
    @ValueSource(strings = {",,,,", "text/plain,,", ";;;", "a", "text/plain, ,*/*"})
    void anAcceptThatCannotBeReadIsNoFailureOfTheGateway(String accept) {
        for (var path :
                List.of("/actuator/health", "/actuator/health/liveness", "/actuator/info", "/actuator/prometheus")) {
            assertThat(once("GET", path, LOGIN + "Accept: " + accept + "\r\n", ""))
                    .as(path)
                    .matches("(?s)HTTP/1.1 (200|406) .*");
        }
    }

    /** What is repeated in the head of an answer has to fit there, or Tomcat fails. */
    @ParameterizedTest
    @CsvSource({
        "GET, /ops/login?lang=zh&x=a*30000, 200",
        "GET, /ops/nothing/a*30000?lang=zh, 404",
        "GET, /ops/find?q=a*30000, 400",
        "GET, /ops/find?q=%E7%8C%AB*1000, 302",
        "GET, /ops/jobs/a*30000, 404",
        "POST, /ops/api/jobs/a*30000/poll, 404"
    })
    void anAddressThatIsTooLongIsNotRepeated(String method, String pattern, int status) {
        var start = pattern.indexOf('*');
        var what = pattern.contains("%E7%8C%AB*") ? "%E7%8C%AB" : "a";
        var count = pattern.substring(start + 1).replaceAll("\\D.*", "");
        var path = pattern.substring(0, start - what.length())
                + what.repeat(Integer.parseInt(count))
                + pattern.substring(start + 1 + count.length());

        var answer = once(method, path, LOGIN + "Accept: text/html,*/*\r\nContent-Length: 0\r\n", "");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void aQueryThatCannotBeReadIsTheCallersMistake() {
        assertThat(once("GET", "/v1/video/generations?limit=%zz", "", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\nContent-Length: 2\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Idempotency-Key: a\u0001b\r\n",
                "X A: b\r\n"
            })
    void headersThatMakeNoSenseAreRefused(String headers) {
        assertThat(once("POST", GatewayClient.PATH, headers, BODY))
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nContent-Type: application/json")
                .contains("{\"error\":{\"message\":\"");
    }

    /** One of the two lengths is a lie; whoever stands in front may have believed the other. */
    @Test
    void noSecondRequestIsSmuggledIntoTheFirst() {
        var answers = raw("POST " + GatewayClient.PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + request("POST", GatewayClient.PATH, "Content-Length: " + BODY.length() + "\r\n", BODY));

        assertThat(answers).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 500\r\n", "Transfer-Encoding: chunked\r\n"})
    void aBodyThatBreaksOffIsNotTakenForAWholeOne(String length) {
        var start = length.startsWith("T") ? Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n" : BODY;
        try (var raw = new RawHttp(port)) {
            var answer = raw.send(request("POST", GatewayClient.PATH, length, start))
                    .end()
                    .all();
            assertThat(answer).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void aLengthOverTheLimitIsRefusedBeforeTheBodyIsSent() {
        try (var raw = new RawHttp(port)) {
            var answer = raw.send(request("POST", GatewayClient.PATH, "Content-Length: 67108865\r\n", ""))
                    .until("request_too_large");
            assertThat(answer).contains("HTTP/1.1 413 ").contains("64 MB");
        }
    }

    /** Nothing of one request, its body least of all, may be taken for the next. */
    @Test
    void requestsInOneConnectionAreAnsweredInTheirOrder() {
        var lost = "POST /v1/films HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Request-Id: %s\r\n"
                + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;

        var answers = raw(lost.formatted("one")
                + lost.formatted("two")
                + request("GET", GatewayClient.PATH + "/task_none", "X-Request-Id: three\r\n", ""));

        assertThat(answers)
                .containsSubsequence("HTTP/1.1 404", "X-Request-Id: one", "HTTP/1.1 404", "X-Request-Id: two")
                .containsSubsequence("X-Request-Id: two", "HTTP/1.1 404", "X-Request-Id: three", "task_not_found");
    }

    private String once(String method, String path, String headers, String body) {
        return raw(request(method, path, headers, body));
    }

    private String raw(String text) {
        try (var raw = new RawHttp(port)) {
            return raw.send(text).all();
        }
    }

    private static String request(String method, String path, String headers, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + headers + "\r\n" + body;
    }
}
