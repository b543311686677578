package io.reelgate.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one submission came to, as far as the gateway can know.
 *
 * <p>All but {@link Accepted} and {@link Unconfirmed} mean that nothing was bought. After {@link Unconfirmed} the
 * upstream may have a paid task, so the job must never be sent again.
 */
public sealed interface SubmissionOutcome {

    /** The upstream has the job under {@code taskId}: 1 to 200 printable characters without white space. */
    record Accepted(String taskId) implements SubmissionOutcome {}

    /** The balance does not cover the job: 402, or another 4xx that says so in a code, or where that is vague in words. */
    record QuotaExhausted(UpstreamError error) implements SubmissionOutcome {

        /**
         * The sums that the upstream named with it; {@code null} if it named none that are clear. Any other status than
         * these may quote the prompt.
         */
        public @Nullable Shortfall shortfall() {
            return switch (error.status()) {
                case 401, 402, 403, 429 -> Shortfall.in(error.message());
                default -> null;
            };
        }
    }

    /**
     * The upstream, or a provider behind it, does not want this body: 400, 403, 413, 415, 422 and what else in 4xx is the
     * app's doing. {@code status} is what the app gets: never a provider's 401, 404 or 405, for which it is 400.
     */
    record Refused(int status, UpstreamError error) implements SubmissionOutcome {}

    /** Too many submissions, 429; {@code retryAfter} is what the upstream asked for, at most an hour, if it said so. */
    record Throttled(UpstreamError error, @Nullable Duration retryAfter) implements SubmissionOutcome {}

    /** The gateway's key is refused: 401, or 403 that speaks of the key. */
    record KeyRefused(UpstreamError error) implements SubmissionOutcome {}

    /** The gateway's base URL is wrong: 3xx, 404 or 405 of the address itself. */
    record Misrouted(UpstreamError error) implements SubmissionOutcome {}

    /**
     * Not one byte of the request left, after a few quick tries; or the upstream said that it sent nothing on.
     *
     * @param ours whether the gateway itself is the cause, so that it tells nothing of the upstream
     */
    record NotSent(String reason, boolean ours) implements SubmissionOutcome {

        /** One of which the upstream, or the way there, is the cause. */
        public NotSent(String reason) {
            this(reason, false);
        }
    }

    /** The request may have arrived, and no answer says what became of it: time-out, reset, 408, 5xx, unreadable 2xx. */
    record Unconfirmed(String reason) implements SubmissionOutcome {}
}
