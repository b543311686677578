package io.reelgate.upstream.newapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.Fixtures;
import io.reelgate.upstream.RawResponse;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Throttled;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import io.reelgate.upstream.UpstreamError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The design's table of outcomes, row by row, on answers as the upstream gives them. */
class SubmissionReaderTests {

    private final SubmissionReader reader = Fixtures.submissions();

    @ParameterizedTest
    @CsvSource({
        "seed, task_1234567890",
        "full, task_X",
        "id-only, task_only_id",
        "task-id-only, task_only_task_id",
        "wrapped, task_wrapped",
        "wrapped-id, task_wrapped_id",
        "wrapped-bare, task_bare",
        "numeric-id, 1234567890123456789",
        "empty-id, task_second",
        "array-of-one, task_array",
        "array-of-one-id, task_in_array",
        "array-on-top, task_on_top",
    })
    void findsTheIdInEveryShapeOfAcceptance(String fixture, String id) {
        assertThat(reader.read(Fixtures.answer(200, "submission/" + fixture))).isEqualTo(new Accepted(id));
        assertThat(reader.read(Fixtures.answer(201, "submission/" + fixture))).isEqualTo(new Accepted(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no-id", "insane-ids", "error-in-200", "balance-in-200", "array-of-two", "array-of-two-on-top"})
    void takesASuccessWithoutAUsableIdForUnconfirmed(String fixture) {
        assertThat(reader.read(Fixtures.answer(200, "submission/" + fixture))).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "null", "[]", "\"task_1\"", "{\"id\":\"task_1\"", "<html>ok</html>", "{\"id\":\"a\"}{"})
    void takesASuccessThatCannotBeReadForUnconfirmed(@Nullable String text) {
        assertThat(read(200, text)).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"code\":\"insufficient_user_quota\",\"message\":\"no money\",\"data\":null}"
                        + " | HTTP 200, but the answer has no usable id: no money (insufficient_user_quota)",
                "200 | {\"error\":{\"message\":\"upstream busy\",\"code\":\"\"}}"
                        + " | HTTP 200, but the answer has no usable id: upstream busy",
                "202 | {\"error\":{\"code\":\"busy\"}} | HTTP 202, but the answer has no usable id: (busy)",
                "200 | {\"status\":\"queued\"} | HTTP 200, but the answer has no usable id",
                "200 | {\"code\":\"success\",\"message\":\"\"} | HTTP 200, but the answer has no usable id",
                "200 | upstream busy | HTTP 200, but the answer could not be read: upstream busy",
                "200 | <html>busy</html> | HTTP 200, but the answer could not be read",
                "500 | {\"code\":\"do_request_failed\",\"message\":\"EOF\"} | HTTP 500 do_request_failed: EOF",
            })
    void keepsTheWordsOfAnAnswerThatLeavesItOpen(int status, String text, String reason) {
        assertThat(read(status, text)).isEqualTo(new Unconfirmed(reason));
    }

    @Test
    void boundsTheWordsOfAnAnswerThatLeavesItOpen() {
        var text = "{\"message\":\"" + "x".repeat(9_000) + "\",\"code\":\"" + "c".repeat(9_000) + "\"}";

        assertThat(read(200, text))
                .isInstanceOfSatisfying(
                        Unconfirmed.class,
                        unconfirmed -> assertThat(unconfirmed.reason()).hasSizeLessThanOrEqualTo(2_000));
    }

    @Test
    void takesNoIdThatHoldsTheKey() {
        assertThat(read(200, "{\"id\":\"" + Fixtures.KEY + "\"}")).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "402, seed-402",
        "403, nested-insufficient-user-quota",
        "403, flat-pre-consume",
        "403, flat-insufficient-user-quota",
        "402, no-words",
        "402, rate-code",
        "402, passed-on-rate",
        "429, balance-insufficient-quota",
        "429, balance-type-only",
        "429, balance-1113",
        "429, balance-1113-number",
        "429, balance-1113-type",
        "429, balance-code-and-rate-words",
        "429, seed-402",
        "401, balance-credits-error",
        "400, balance-overdue",
        "400, balance-camel-case",
        "400, balance-beside-error",
        "400, seed-402",
        "400, nested-insufficient-user-quota",
        "404, seed-402",
        "422, flat-pre-consume",
        "400, passed-on-overdue",
        "403, passed-on-overdue",
        "429, passed-on-overdue",
        "403, passed-on-balance-of-a-relay",
    })
    void knowsAnExhaustedQuota(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(QuotaExhausted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "401, key-used-up",
        "401, balance-words",
        "403, balance-words",
        "429, balance-words",
        "401, balance-words-status-number",
        "403, balance-words-status-number",
        "429, balance-words-status-number",
        "403, balance-words-bad-response",
        "429, balance-words-bad-response",
        "429, balance-words-invalid-request",
    })
    void believesTheWordsOfARefusalWhoseCodeSaysNothing(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(QuotaExhausted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, balance-words",
        "400, key-used-up",
        "400, prompt-quoted",
        "400, prompt-as-document",
        "400, prompt-in-provider-words",
        "422, balance-words",
    })
    void neverGoesByTheWordsOfAnotherRefusal(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rate-quota-a-minute", "rate-code", "rate-rpm", "rate-chinese", "too-many", "passed-on-rate"})
    void takesARateForNoBalance(String fixture) {
        assertThat(reader.read(Fixtures.answer(429, "error/" + fixture))).isInstanceOf(Throttled.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404, passed-on-model-not-open, 400, fail_to_fetch_task",
        "404, passed-on-endpoint-not-found, 400, fail_to_fetch_task",
        "404, passed-on-plain-text, 400, fail_to_fetch_task",
        "404, passed-on-under-another-code, 400, upstream_error",
        "404, passed-on-without-a-code, 400, ModelNotOpen",
        "404, model-not-open, 400, ModelNotOpen",
        "401, passed-on-key, 400, fail_to_fetch_task",
        "403, passed-on-key, 403, fail_to_fetch_task",
        "405, passed-on-plain-text, 400, fail_to_fetch_task",
        "302, passed-on-plain-text, 400, fail_to_fetch_task",
        "403, passed-on-saturated, 403, fail_to_fetch_task",
        "400, passed-on-rate, 400, fail_to_fetch_task",
    })
    void takesAProvidersRefusalPassedOnForNothingOfOurs(int status, String fixture, int toTheApp, String code) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture)))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(toTheApp);
                    assertThat(refused.error().status()).isEqualTo(status);
                    assertThat(refused.error().code()).isEqualTo(code);
                });
    }

    @Test
    void relaysTheProvidersCodeAndWords() {
        assertThat(reader.read(Fixtures.answer(404, "error/passed-on-model-not-open")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().message())
                                .isEqualTo(
                                        "Your account 2100 has not activated the model doubao-seedance-2-0. (ModelNotOpen)"));
    }

    @Test
    void relaysTheWordsOfTheQuotaRefusal() {
        assertThat(reader.read(Fixtures.answer(402, "error/seed-402")))
                .isEqualTo(new QuotaExhausted(new UpstreamError(402, "insufficient_quota", "Insufficient balance")));
    }

    @ParameterizedTest
    @CsvSource({
        "401, key-bad",
        "401, no-words",
        "401, error-as-text",
        "403, key-forbidden",
        "403, key-forbidden-english"
    })
    void knowsARefusedKey(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(KeyRefused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "403, forbidden-model",
        "403, forbidden-group",
        "403, forbidden-address",
        "403, forbidden-address-english",
        "400, invalid-request",
        "400, fail-to-fetch-task",
        "409, numeric-code",
        "413, no-words",
        "415, no-words",
        "422, no-words"
    })
    void takesOther4xxForTheAppsDoing(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture)))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(status);
                    assertThat(refused.error().status()).isEqualTo(status);
                });
    }

    @Test
    void keepsWhatTheUpstreamAskedAThrottledCallerToWait() {
        assertThat(reader.read(new RawResponse(429, "7", Fixtures.read("error/too-many"))))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Fixtures.seconds(7)));
    }

    @Test
    void readsA429WithAnEmptyBody() {
        assertThat(read(429, ""))
                .isEqualTo(new Throttled(
                        new UpstreamError(429, null, "The upstream answered HTTP 429 without saying why."), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 404, 405})
    void takesAWrongRouteForMisrouted(int status) {
        assertThat(read(status, "<html>nginx</html>")).isInstanceOf(Misrouted.class);
    }

    @Test
    void takesAnAddressThatTheUpstreamDoesNotKnowForMisrouted() {
        assertThat(reader.read(Fixtures.answer(404, "error/unknown-address"))).isInstanceOf(Misrouted.class);
        assertThat(reader.read(Fixtures.answer(404, "error/not-found-other"))).isInstanceOf(Misrouted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-channel", "flat-no-channel", "cpu-overloaded", "memory-overloaded", "disk-overloaded"})
    void knowsThatNothingWasSentOn(String fixture) {
        assertThat(reader.read(Fixtures.answer(503, "error/" + fixture))).isInstanceOf(NotSent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "500, do-request-failed",
        "500, invalid-response",
        "500, no-channel",
        "500, seed-402",
        "502, no-words",
        "503, no-words",
        "504, key-bad",
        "503, passed-on-no-channel",
        "503, passed-on-cpu-overloaded",
        "500, cpu-overloaded",
        "502, passed-on-model-not-open",
        "500, passed-on-overdue",
        "408, no-words",
        "408, seed-402",
        "408, passed-on-model-not-open",
        "599, no-words"
    })
    void neverTakesAServerErrorForARefusal(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(Unconfirmed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "401, KeyRefused",
        "402, QuotaExhausted",
        "403, Refused",
        "404, Misrouted",
        "408, Unconfirmed",
        "413, Refused",
        "418, Refused",
        "429, Throttled",
        "302, Misrouted",
        "500, Unconfirmed",
        "503, Unconfirmed"
    })
    void goesByTheStatusWhenTheBodyBrokeOff(int status, String outcome) {
        assertThat(read(status, null).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "req-1 | req-1",
                "' 2026 07 ' | 2026 07",
                "'' |",
                "' ' |",
                "é |",
                "Bearer " + Fixtures.KEY + " | [redacted]",
                "id-sk-test-key-of-the-upstream | id-[redacted]",
            })
    void cleansTheUpstreamsIdOfTheRequest(String header, @Nullable String id) {
        assertThat(reader.requestId(header)).isEqualTo(id);
    }

    @Test
    void boundsTheUpstreamsIdOfTheRequest() {
        assertThat(reader.requestId("r".repeat(8_000))).hasSize(128).startsWith("rrr");
        assertThat(reader.requestId(null)).isNull();
    }

    private SubmissionOutcome read(int status, @Nullable String text) {
        return reader.read(new RawResponse(status, null, text));
    }
}
