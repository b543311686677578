package io.reelgate.submission;

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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing was bought: the one table of what each outcome is called, in the record and to apps alike, and of when it is worth
 * sending again.
 *
 * @param code the kind's own, or the upstream's where it {@link Kind#UPSTREAM_REFUSED} the job and gave one
 * @param message the upstream's words, or why nothing was sent
 * @param status the HTTP status that the upstream meant for the app, of a refusal; 0 of anything else
 * @param retryAfter when to send again, where waiting helps
 */
public record Failure(
        Kind kind,
        String code,
        String message,
        int status,
        @Nullable Duration retryAfter) {

    /** Short enough that apps are soon back, long enough not to be a storm. */
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    /** What kind of failure it is. */
    public enum Kind {
        /** The balance is empty. */
        INSUFFICIENT_QUOTA,
        /** The upstream, or a provider behind it, does not want this body. */
        UPSTREAM_REFUSED,
        /** Too many submissions. */
        RATE_LIMITED,
        /** The gateway's key is refused. */
        UPSTREAM_KEY_REFUSED,
        /** The gateway's base URL is wrong. */
        UPSTREAM_MISCONFIGURED,
        /** Not one byte left, or the upstream said that it sent nothing on. */
        UPSTREAM_UNAVAILABLE;

        /** The word that apps and the record know it by, such as {@code insufficient_quota}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What this outcome is called; empty for those that bought something, or may have. */
    static Optional<Failure> of(SubmissionOutcome outcome) {
        return switch (outcome) {
            case Accepted _, Unconfirmed _ -> Optional.empty();
            case QuotaExhausted(var error) -> Optional.of(failure(Kind.INSUFFICIENT_QUOTA, error, null));
            case Refused(var status, var error) ->
                Optional.of(new Failure(
                        Kind.UPSTREAM_REFUSED,
                        Objects.requireNonNullElse(error.code(), Kind.UPSTREAM_REFUSED.code()),
                        error.message(),
                        status,
                        null));
            case Throttled(var error, var retryAfter) ->
                Optional.of(failure(Kind.RATE_LIMITED, error, Objects.requireNonNullElse(retryAfter, USUAL_WAIT)));
            case KeyRefused(var error) -> Optional.of(failure(Kind.UPSTREAM_KEY_REFUSED, error, null));
            case Misrouted(var error) -> Optional.of(failure(Kind.UPSTREAM_MISCONFIGURED, error, null));
            case NotSent(var reason, var _) ->
                Optional.of(new Failure(
                        Kind.UPSTREAM_UNAVAILABLE, Kind.UPSTREAM_UNAVAILABLE.code(), reason, 0, USUAL_WAIT));
        };
    }

    private static Failure failure(Kind kind, UpstreamError error, @Nullable Duration retryAfter) {
        return new Failure(kind, kind.code(), error.message(), 0, retryAfter);
    }
}
