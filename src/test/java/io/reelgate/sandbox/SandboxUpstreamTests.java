package io.reelgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Holds the simulated upstream to the answers of the real one, and each magic word to its trouble. */
class SandboxUpstreamTests {

    private final SandboxFixture sandbox = new SandboxFixture();

    @Test
    void acceptsASubmission() {
        assertThat(sandbox.submissionOf("a watch"))
                .hasStatusOk()
                .hasHeader(SandboxMark.HEADER, "true")
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"object":"video","model":"doubao-seedance-2-0-fast","status":"queued","progress":0,
                        "created_at":%d}""".formatted(SandboxFixture.START.getEpochSecond()))
                .hasPathSatisfying("$.id", id -> assertThat(id).asString().matches("task_[0-9a-z]{32}"))
                .hasPathSatisfying("$.task_id", id -> assertThat(id).asString().matches("task_[0-9a-z]{32}"));
    }

    @ParameterizedTest
    @CsvSource({
        "a watch, FILM",
        "a watch [fail], FAILURE",
        "[FAIL] a watch, FAILURE",
        "[no-url], FILM_WITHOUT_URL",
        "[expired-url], FILM_WITH_DEAD_URL",
        "[lost], LOSS"
    })
    void writesTheEndingIntoTheId(String prompt, Ending ending) {
        assertThat(sandbox.submissionOf(prompt))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.id")
                .asString()
                .satisfies(id ->
                        assertThat(SimulatedTask.of(id).orElseThrow().ending()).isEqualTo(ending));
    }

    /** As the real one, which answers JSON whatever is asked for. */
    @Test
    void refusesABrowserToo() {
        assertThat(sandbox.submission("{").accept(MediaType.TEXT_HTML))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_JSON);
    }

    @Test
    void readsLengthAndSizeOfTheFilm() {
        var body = """
                {"model":"doubao-seedance-2-0","prompt":"a","duration":8,"images":["https://a"],"huge":1e999999}""";
        assertThat(sandbox.submission(body))
                .bodyJson()
                .extractingPath("$.id")
                .asString()
                .satisfies(id -> {
                    var task = SimulatedTask.of(id).orElseThrow();
                    assertThat(task.seconds()).isEqualTo(8);
                    assertThat(task.size()).isEqualTo(VideoSize.DEFAULT);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                          | invalid request body",
                "[]                                                        | invalid request body",
                "{                                                         | invalid request body",
                "{\"prompt\":\"a\"}                                        | model field is required",
                "{\"model\":\"doubao-seedance-2-0\",\"prompt\":\" \"}      | prompt is required",
                "{\"model\":\"doubao-seedance-2-0\",\"prompt\":\"a\",\"seconds\":5}|"
                        + "json: cannot unmarshal number into Go struct field TaskSubmitReq.seconds of type string"
            })
    void refusesABadBody(String body, String message) {
        assertThat(sandbox.submission(Objects.requireNonNullElse(body, "")))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasHeader(SandboxMark.HEADER, "true")
                .bodyJson()
                .isStrictlyEqualTo(
                        "{\"code\":\"invalid_request\",\"message\":\"%s\",\"data\":null}".formatted(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "16", "five"})
    void refusesALengthThatTheProviderDoesNotMake(String seconds) {
        var body = """
                {"model":"doubao-seedance-2-0","prompt":"a","seconds":"%s"}""".formatted(seconds);
        assertThat(sandbox.submission(body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("fail_to_fetch_task");
    }

    @Test
    void hasNoChannelForOtherModels() {
        assertThat(sandbox.submission("{\"model\":\"sora-2\",\"prompt\":\"a\"}"))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .bodyJson()
                .extractingPath("$.error.code")
                .isEqualTo("model_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer  ", "Basic b3BzOm9wcw=="})
    void needsAKey(String authorization) {
        assertThat(sandbox.http
                        .post()
                        .uri(SandboxFixture.SUBMISSION)
                        .header("Authorization", authorization)
                        .content("{}"))
                .hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(sandbox.http.get().uri(SandboxFixture.SUBMISSION + "/task_1").header("Authorization", authorization))
                .hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(sandbox.http.get().uri("/sandbox/upstream/v1/videos/task_1/content"))
                .hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void runsOutOfQuotaInTheWordsOfTheSeedPage() {
        assertThat(sandbox.submissionOf("a [quota] watch"))
                .hasStatus(HttpStatus.PAYMENT_REQUIRED)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"error":{"message":"Insufficient balance","code":"insufficient_quota"}}""");
    }

    @Test
    void refusesAPrompt() {
        assertThat(sandbox.submissionOf("[refuse]"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("fail_to_fetch_task");
    }

    @Test
    void throttles() {
        assertThat(sandbox.submissionOf("[throttle]"))
                .hasStatus(HttpStatus.TOO_MANY_REQUESTS)
                .bodyJson()
                .extractingPath("$.error.code")
                .isEqualTo("rate_limit_exceeded");
    }

    @Test
    void answersWithRubbish() {
        assertThat(sandbox.submissionOf("[garbage]"))
                .hasStatusOk()
                .hasContentType("text/html")
                .bodyText()
                .contains("One moment");
    }

    @Test
    void answersLate() throws IOException {
        var exchange = sandbox.submissionOf("[slow]").asyncExchange();

        assertThat(exchange).request().hasAsyncStarted(true);
        assertThat(timeOut(exchange)).isEqualTo(Duration.ofSeconds(40));
        assertThat(answer(exchange).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer(exchange).getBody()).isInstanceOf(SubmissionReceipt.class);
    }

    @Test
    void givesUpAtLast() throws IOException {
        var exchange = sandbox.submissionOf("[timeout]").asyncExchange();

        assertThat(exchange).request().hasAsyncStarted(true);
        assertThat(timeOut(exchange)).isEqualTo(Duration.ofSeconds(180));
        assertThat(answer(exchange).getStatusCode()).isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
    }

    @Test
    void holdsNothingBackWhenItCloses() {
        var held = sandbox.submissionOf("[timeout]").asyncExchange();

        sandbox.held.letGo();

        assertThat(answer(held).getStatusCode()).isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
        assertThat(answer(sandbox.submissionOf("[slow]").asyncExchange()).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void tellsATasksLife() {
        var task = SandboxFixture.task(Ending.FILM);

        assertThat(sandbox.query(task))
                .hasStatusOk()
                .hasHeader(SandboxMark.HEADER, "true")
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"code":"success","data":{"task_id":"%s","status":"QUEUED","progress":"0%%","result_url":"",
                        "finish_time":0,"data":{"status":"queued"}}}""".formatted(task.id()));
        sandbox.turnTo(Duration.ofSeconds(3));
        assertThat(sandbox.query(task)).bodyJson().isLenientlyEqualTo("""
                        {"data":{"status":"IN_PROGRESS","progress":"50%","result_url":"","data":{"status":"running"}}}""").doesNotHavePath("$.data.data.usage");
        sandbox.turnTo(Duration.ofSeconds(6));
        assertThat(sandbox.query(task)).bodyJson().isLenientlyEqualTo("""
                        {"data":{"status":"SUCCESS","progress":"100%","fail_reason":"",
                        "data":{"status":"succeeded","usage":{"completion_tokens":108900,"total_tokens":108900}}}}""");
    }

    @Test
    void givesAFilmAUrlThatCarriesItsEnd() {
        var task = SandboxFixture.task(Ending.FILM);
        sandbox.turnTo(Duration.ofMinutes(5));

        var url = "http://localhost/sandbox/upstream/films/" + task.id() + ".mp4?X-Tos-Algorithm=TOS4-HMAC-SHA256"
                + "&X-Tos-Date=20260301T120006Z&X-Tos-Expires=86400&X-Tos-SignedHeaders=host";
        assertThat(sandbox.query(task))
                .bodyJson()
                .hasPathSatisfying("$.data.result_url", told -> assertThat(told).isEqualTo(url))
                .hasPathSatisfying(
                        "$.data.data.content.video_url",
                        told -> assertThat(told).isEqualTo(url));
    }

    @Test
    void givesAFilmTheConfiguredHost() {
        var behindProxy = new SandboxFixture(URI.create("https://reelgate.example.com/"));
        behindProxy.turnTo(Duration.ofSeconds(6));

        assertThat(behindProxy.query(SandboxFixture.task(Ending.FILM)))
                .bodyJson()
                .extractingPath("$.data.result_url")
                .asString()
                .startsWith("https://reelgate.example.com/sandbox/upstream/films/task_");
    }

    @Test
    void givesADeadUrl() {
        sandbox.turnTo(Duration.ofSeconds(6));

        assertThat(sandbox.query(SandboxFixture.task(Ending.FILM_WITH_DEAD_URL)))
                .bodyJson()
                .extractingPath("$.data.result_url")
                .asString()
                .contains("X-Tos-Date=20260301T120006Z&X-Tos-Expires=1&");
    }

    @Test
    void keepsAUrlBack() {
        sandbox.turnTo(Duration.ofSeconds(6));

        assertThat(sandbox.query(SandboxFixture.task(Ending.FILM_WITHOUT_URL)))
                .bodyJson()
                .isLenientlyEqualTo("{\"data\":{\"status\":\"SUCCESS\",\"result_url\":\"\"}}")
                .doesNotHavePath("$.data.data.content");
    }

    @Test
    void saysWhyATaskFailed() {
        sandbox.turnTo(Duration.ofSeconds(6));

        assertThat(sandbox.query(SandboxFixture.task(Ending.FAILURE)))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"data":{"status":"FAILURE",
                        "fail_reason":"The sandbox failed this task because its prompt says [fail]"}}""")
                .doesNotHavePath("$.data.data.usage");
    }

    @Test
    void knowsNeitherForeignNorLostTasks() {
        var unknown = """
                {"code":"task_not_exist","message":"task_not_exist","data":null}""";
        assertThat(sandbox.http
                        .get()
                        .uri(SandboxFixture.SUBMISSION + "/task_1234567890")
                        .header("Authorization", "Bearer any"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .isStrictlyEqualTo(unknown);
        assertThat(sandbox.query(SandboxFixture.task(Ending.LOSS)))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .isStrictlyEqualTo(unknown);
    }

    /** Lets the request time out, as the server would, and says after how long it would. */
    private static Duration timeOut(MvcTestResult exchange) throws IOException {
        var context = (MockAsyncContext)
                Objects.requireNonNull(exchange.getMvcResult().getRequest().getAsyncContext());
        for (var listener : context.getListeners()) {
            listener.onTimeout(new AsyncEvent(context));
        }
        return Duration.ofMillis(context.getTimeout());
    }

    private static ResponseEntity<?> answer(MvcTestResult exchange) {
        return (ResponseEntity<?>)
                Objects.requireNonNull(exchange.getMvcResult().getAsyncResult(0));
    }
}
