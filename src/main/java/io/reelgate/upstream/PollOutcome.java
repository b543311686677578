package io.reelgate.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one poll of a task came to. Only {@link Seen} and {@link Missing} are statements about the task. */
public sealed interface PollOutcome {

    /** The upstream described the task. */
    record Seen(Snapshot snapshot) implements PollOutcome {}

    /** The upstream says that it has no such task; just after a submission that can be too early to be true. */
    record Missing(String reason) implements PollOutcome {}

    /** 401, 402 or 403: something is wrong with the key or the balance, never with the task. */
    record Denied(UpstreamError error, Cause cause) implements PollOutcome {

        /** What it was denied for. */
        public enum Cause {
            KEY,
            BALANCE,
            SOMETHING_ELSE
        }
    }

    /**
     * No answer that tells anything about the task: time-out, reset, 429, 5xx, a wrong route, rubbish, another task. {@code retryAfter}
     * is what the upstream asked for, at most an hour, if it said so.
     */
    record Unanswered(String reason, @Nullable Duration retryAfter) implements PollOutcome {

        /** The answer describes a task, but another one. */
        public static Unanswered aboutAnother(String taskId) {
            return new Unanswered("the answer is about another task, " + taskId, null);
        }
    }
}
