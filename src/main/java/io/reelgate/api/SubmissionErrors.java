package io.reelgate.api;

import io.reelgate.admission.AdmissionDecision;
import io.reelgate.submission.Failure;
import io.reelgate.web.AppError;
import java.time.Duration;

/** Why an app's submission bought nothing, as an error of HTTP: whatever the dialect, the status and the code are these. */
public final class SubmissionErrors {

    /** How long a call mostly takes at most. */
    private static final Duration WHILE_IT_IS_SENT = Duration.ofSeconds(2);

    private SubmissionErrors() {}

    /** The upstream refused it, or was not reached. */
    public static AppError of(Failure failure) {
        var error = AppError.of(status(failure), failure.code(), message(failure));
        return failure.retryAfter() == null ? error : error.retryAfter(failure.retryAfter());
    }

    /** It was not admitted. */
    public static AppError of(AdmissionDecision.Refused refusal) {
        var error = switch (refusal.reason()) {
            case PAUSED -> AppError.of(503, "paused", refusal.message());
            case RATE_LIMITED -> AppError.of(429, "rate_limited", refusal.message());
            case TOO_MANY_IN_FLIGHT -> AppError.of(429, "too_many_in_flight", refusal.message());
        };
        return error.retryAfter(refusal.retryAfter());
    }

    /** The idempotency key belongs to another body. */
    public static AppError keyReused() {
        return AppError.of(
                        422,
                        "idempotency_key_reused",
                        "This Idempotency-Key was used for another body, and bodies are compared byte for byte: send a"
                                + " repeat with the very same bytes, and a new job with a new key")
                .about(IdempotencyKeyHeader.NAME);
    }

    /** The same wish is being sent at this moment. */
    public static AppError keyInFlight() {
        return AppError.of(
                        409,
                        "idempotency_key_in_flight",
                        "The job of this Idempotency-Key is being sent at this moment; ask again soon")
                .about(IdempotencyKeyHeader.NAME)
                .retryAfter(WHILE_IT_IS_SENT);
    }

    private static int status(Failure failure) {
        return switch (failure.kind()) {
            case INSUFFICIENT_QUOTA -> 402;
            case UPSTREAM_REFUSED -> failure.status();
            case RATE_LIMITED -> 429;
            case UPSTREAM_KEY_REFUSED, UPSTREAM_MISCONFIGURED -> 502;
            case UPSTREAM_UNAVAILABLE -> 503;
        };
    }

    /** The upstream's words, but where they are about the gateway, which is none of the app's business. */
    private static String message(Failure failure) {
        return switch (failure.kind()) {
            case INSUFFICIENT_QUOTA, UPSTREAM_REFUSED, RATE_LIMITED -> failure.message();
            case UPSTREAM_KEY_REFUSED ->
                "The upstream refuses the gateway's key; nothing was bought, and the gateway's operators have to mend it";
            case UPSTREAM_MISCONFIGURED ->
                "The gateway does not reach the upstream's API; nothing was bought, and the gateway's operators have to mend it";
            case UPSTREAM_UNAVAILABLE -> "Nothing was sent: " + failure.message();
        };
    }
}
