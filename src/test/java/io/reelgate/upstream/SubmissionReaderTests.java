package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Throttled;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
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
    })
    void findsTheIdInEveryShapeOfAcceptance(String fixture, String id) {
        assertThat(reader.read(Fixtures.answer(200, "submission/" + fixture))).isEqualTo(new Accepted(id));
        assertThat(reader.read(Fixtures.answer(201, "submission/" + fixture))).isEqualTo(new Accepted(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-id", "insane-ids", "error-in-200"})
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
        "402, no-words"
    })
    void knowsAnExhaustedQuota(int status, String fixture) {
        assertThat(reader.read(Fixtures.answer(status, "error/" + fixture))).isInstanceOf(QuotaExhausted.class);
    }

    @Test
    void relaysTheWordsOfTheQuotaRefusal() {
        assertThat(reader.read(Fixtures.answer(402, "error/seed-402")))
                .isEqualTo(new QuotaExhausted(new UpstreamError(402, "insufficient_quota", "Insufficient balance")));
    }

    @ParameterizedTest
    @CsvSource({
        "401, key-bad",
        "401, key-used-up",
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
        assertThat(reader.read(new Answer(429, "7", Fixtures.read("error/too-many"))))
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

    @ParameterizedTest
    @ValueSource(strings = {"no-channel", "flat-no-channel"})
    void knowsThatNothingWasSentOnWithoutAChannel(String fixture) {
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
        "408, no-words",
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

    private SubmissionOutcome read(int status, @Nullable String text) {
        return reader.read(new Answer(status, null, text));
    }
}
