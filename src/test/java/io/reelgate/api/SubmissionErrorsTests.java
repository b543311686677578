package io.reelgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.admission.AdmissionDecision;
import io.reelgate.admission.AdmissionDecision.Reason;
import io.reelgate.submission.Failure;
import io.reelgate.submission.Failure.Kind;
import io.reelgate.web.AppError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With which status, code and words an app learns that nothing was bought. */
class SubmissionErrorsTests {

    private static final Duration WAIT = Duration.ofSeconds(7);

    @ParameterizedTest
    @CsvSource({
        "INSUFFICIENT_QUOTA, 402",
        "UPSTREAM_REFUSED, 422",
        "RATE_LIMITED, 429",
        "UPSTREAM_KEY_REFUSED, 502",
        "UPSTREAM_MISCONFIGURED, 502",
        "UPSTREAM_UNAVAILABLE, 503"
    })
    void givesEachKindItsStatusAndCode(Kind kind, int status) {
        var error = SubmissionErrors.of(new Failure(kind, "its_code", "its words", 422, null));

        assertThat(error.status().value()).isEqualTo(status);
        assertThat(error.code()).isEqualTo("its_code");
        assertThat(error.retryAfter()).isNull();
        assertThat(error.param()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysWhenToSendAgainIfTheFailureDoes(Kind kind) {
        assertThat(SubmissionErrors.of(failure(kind, WAIT)).retryAfter()).isEqualTo(WAIT);
        assertThat(SubmissionErrors.of(failure(kind, null)).retryAfter()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"INSUFFICIENT_QUOTA", "UPSTREAM_REFUSED", "RATE_LIMITED"})
    void saysTheUpstreamsWordsAboutTheJob(Kind kind) {
        assertThat(SubmissionErrors.of(failure(kind, null))).hasMessage("its words");
    }

    /** They may name the key or an address inside. */
    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM_KEY_REFUSED", "UPSTREAM_MISCONFIGURED"})
    void keepsTheUpstreamsWordsAboutTheGatewayToItself(Kind kind) {
        assertThat(SubmissionErrors.of(failure(kind, null)).getMessage())
                .doesNotContain("its words")
                .contains("nothing was bought");
    }

    @Test
    void saysWhyNothingWasSent() {
        assertThat(SubmissionErrors.of(failure(Kind.UPSTREAM_UNAVAILABLE, null)))
                .hasMessage("Nothing was sent: its words");
    }

    @ParameterizedTest
    @CsvSource({"PAUSED, 503, paused", "RATE_LIMITED, 429, rate_limited", "TOO_MANY_IN_FLIGHT, 429, too_many_in_flight"
    })
    void givesEachReasonOfTheGatesItsStatusAndCode(Reason reason, int status, String code) {
        var error = SubmissionErrors.of(new AdmissionDecision.Refused(reason, "why", WAIT));

        assertError(error, status, code);
        assertThat(error).hasMessage("why");
        assertThat(error.retryAfter()).isEqualTo(WAIT);
    }

    /** To wait changes nothing about a key that belongs to another body. */
    @Test
    void namesTheHeaderOfAKeyThatWasReused() {
        var error = SubmissionErrors.keyReused();

        assertError(error, 422, "idempotency_key_reused");
        assertThat(error.param()).isEqualTo("Idempotency-Key");
        assertThat(error.retryAfter()).isNull();
    }

    @Test
    void asksToRepeatAKeyThatIsInFlightSoon() {
        var error = SubmissionErrors.keyInFlight();

        assertError(error, 409, "idempotency_key_in_flight");
        assertThat(error.param()).isEqualTo("Idempotency-Key");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    private static Failure failure(Kind kind, @Nullable Duration retryAfter) {
        return new Failure(kind, kind.code(), "its words", 422, retryAfter);
    }

    private static void assertError(AppError error, int status, String code) {
        assertThat(error.status().value()).isEqualTo(status);
        assertThat(error.code()).isEqualTo(code);
    }
}
