package io.reelgate.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.submission.Failure.Kind;
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
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each outcome is called, in whose words, and when it is worth sending again. */
class FailureTests {

    /** With a code of the upstream's own, which only a refusal keeps. */
    private static final UpstreamError ERROR = new UpstreamError(400, "its_code", "its words");

    @Test
    void anEmptyBalanceIsInsufficientQuota() {
        assertFailure(new QuotaExhausted(ERROR), Kind.INSUFFICIENT_QUOTA, "insufficient_quota", "its words", 0, null);
    }

    @Test
    void aRefusalKeepsTheUpstreamsCodeAndStatus() {
        assertFailure(new Refused(422, ERROR), Kind.UPSTREAM_REFUSED, "its_code", "its words", 422, null);
    }

    @Test
    void aRefusalWithoutACodeIsUpstreamRefused() {
        var withoutCode = new UpstreamError(413, null, "its words");

        assertFailure(new Refused(413, withoutCode), Kind.UPSTREAM_REFUSED, "upstream_refused", "its words", 413, null);
    }

    @Test
    void aThrottledJobWaitsAsLongAsTheUpstreamAsks() {
        var minute = Duration.ofMinutes(1);

        assertFailure(new Throttled(ERROR, minute), Kind.RATE_LIMITED, "rate_limited", "its words", 0, minute);
    }

    @Test
    void aThrottledJobWaitsTheUsualTimeIfTheUpstreamAsksForNone() {
        var usual = Duration.ofSeconds(5);

        assertFailure(new Throttled(ERROR, null), Kind.RATE_LIMITED, "rate_limited", "its words", 0, usual);
    }

    @Test
    void aRefusedKeyIsNoFaultOfTheJobs() {
        assertFailure(new KeyRefused(ERROR), Kind.UPSTREAM_KEY_REFUSED, "upstream_key_refused", "its words", 0, null);
    }

    @Test
    void aWrongAddressIsNoFaultOfTheJobs() {
        assertFailure(
                new Misrouted(ERROR), Kind.UPSTREAM_MISCONFIGURED, "upstream_misconfigured", "its words", 0, null);
    }

    @Test
    void whatWasNotSentMayBeSentAgainSoon() {
        var usual = Duration.ofSeconds(5);

        assertFailure(
                new NotSent("no connection"),
                Kind.UPSTREAM_UNAVAILABLE,
                "upstream_unavailable",
                "no connection",
                0,
                usual);
    }

    /** An error would say that nothing was bought. */
    @Test
    void whatWasOrMayHaveBeenBoughtIsNoFailure() {
        assertThat(Failure.of(new Accepted("task_1"))).isEmpty();
        assertThat(Failure.of(new Unconfirmed("no answer in time"))).isEmpty();
    }

    private static void assertFailure(
            SubmissionOutcome outcome,
            Kind kind,
            String code,
            String message,
            int status,
            @Nullable Duration retryAfter) {
        assertThat(Failure.of(outcome)).hasValue(new Failure(kind, code, message, status, retryAfter));
    }
}
