package io.reelgate.upstream.newapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.Fixtures;
import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.RawResponse;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a poll's answer says about the task, and what says nothing. */
class PollReaderTests {

    private final PollReader reader = Fixtures.polls();

    @ParameterizedTest
    @MethodSource("queries")
    void seesTheTaskInEveryShape(String fixture) {
        assertThat(reader.read(Fixtures.answer(200, fixture))).isInstanceOf(Seen.class);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void believesNoTaskThatComesWithAnErrorStatus(String fixture) {
        assertThat(reader.read(Fixtures.answer(500, fixture))).isInstanceOf(Unanswered.class);
        assertThat(reader.read(Fixtures.answer(404, fixture))).isInstanceOf(Unanswered.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, task-not-exist",
        "404, task-not-exist",
        "200, task-not-exist",
        "200, task-not-exist-success-false",
        "400, task-not-exist-success-false",
        "200, task-not-found-nested",
        "200, video-not-found",
        "404, task-not-found-nested",
        "404, video-not-found"
    })
    void missesATaskOnlyWhenTheUpstreamSpeaksOfIt(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(Missing.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404, invalid-url",
        "404, not-found-other",
        "404, no-words",
        "400, invalid-request",
        "500, task-not-exist"
    })
    void missesNoTaskWhenTheRouteOrTheRequestIsWrong(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(Unanswered.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "<html><body>task not found</body></html>",
                "task not found",
                "404 page not found",
                "{\"error\":\"Not Found\",\"path\":\"/v1/video/generations/task_1\"}",
                "{\"detail\":\"Not Found\"}"
            })
    void missesNoTaskWithoutAnEnvelopeThatSaysSo(@Nullable String text) {
        assertThat(reader.read(new RawResponse(404, null, text))).isInstanceOf(Unanswered.class);
    }

    @ParameterizedTest
    @CsvSource({"401, key-bad", "401, no-words", "402, seed-402", "403, flat-pre-consume", "403, task-not-exist"})
    void takesAKeyOrQuotaProblemForNothingElse(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture)))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.error().status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({
        "401, key-bad, KEY",
        "401, no-words, KEY",
        "403, key-forbidden, KEY",
        "401, key-used-up, BALANCE",
        "401, balance-credits-error, BALANCE",
        "402, no-words, BALANCE",
        "403, flat-pre-consume, BALANCE",
        "403, passed-on-overdue, BALANCE",
        "401, passed-on-key, SOMETHING_ELSE",
        "403, forbidden-model, SOMETHING_ELSE"
    })
    void knowsWhatAPollWasDeniedFor(int status, String fixture, Denied.Cause cause) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture)))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.cause()).isEqualTo(cause));
    }

    @Test
    void keepsWhatTheUpstreamAskedToWait() {
        assertThat(reader.read(new RawResponse(429, "12", "")))
                .isEqualTo(new Unanswered(
                        "HTTP 429: The upstream answered HTTP 429 without saying why.", Fixtures.seconds(12)));
        assertThat(reader.read(new RawResponse(503, "30", "")))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        unanswered -> assertThat(unanswered.retryAfter()).isEqualTo(Fixtures.seconds(30)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "failed",
                "{\"status\":\"failed\"",
                "<b>failed</b>",
                "{\"error\":{\"message\":\"x\"}}",
                "[{\"status\":\"failed\"},{\"status\":\"failed\"}]",
                "{\"code\":200,\"data\":[{\"status\":\"failed\"},{\"status\":\"failed\"}]}",
                "{\"code\":200,\"data\":[]}",
                "{\"success\":false,\"message\":\"busy\"}",
                "{\"success\":true,\"message\":\"task not exist\"}",
                "{\"code\":\"success\",\"message\":\"task not exist\"}",
                "{\"message\":\"task not exist\"}"
            })
    void learnsNothingFromRubbish(@Nullable String text) {
        assertThat(reader.read(new RawResponse(200, null, text))).isInstanceOf(Unanswered.class);
    }

    @Test
    void saysWhatAnAnswerSaysThatDescribesNoTask() {
        assertThat(reader.read(new RawResponse(200, null, "{\"code\":\"query_failed\",\"message\":\"busy\"}")))
                .isEqualTo(new Unanswered("HTTP 200, but the answer describes no task: busy (query_failed)", null));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 302, 405, 408, 409, 418, 500, 502, 503, 504, 520})
    void learnsNothingFromOtherStatuses(int status) {
        assertThat(reader.read(new RawResponse(status, null, "{\"status\":\"failed\"}")))
                .isInstanceOf(Unanswered.class);
    }

    static Stream<String> queries() {
        return Fixtures.all("query").stream();
    }
}
