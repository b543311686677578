package io.reelgate.delivery.webhook;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a try came to.
 *
 * @param status what was answered; null if nothing was
 * @param words why it does not count; null if it does
 * @param answer the beginning of what was said, escaped
 * @param retryAfter as the receiver has it
 */
record Attempt(
        Outcome outcome,
        @Nullable Integer status,
        @Nullable String words,
        @Nullable String answer,
        @Nullable String retryAfter) {

    /** The kinds, as a metric's label. */
    enum Outcome {
        DELIVERED,
        /** Any other answer: an error, or a redirect. */
        REFUSED,
        /** The receiver says that it never wants it. */
        GONE,
        /** No answer. */
        UNREACHABLE,
        /** An address that may not be connected to. */
        FORBIDDEN,
        /** There is nothing to be told any more: the job was reopened, and has another end, or none yet. */
        OVERTAKEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether another try may come to something else. */
        boolean isWorthAnother() {
            return this == REFUSED || this == UNREACHABLE;
        }
    }

    /** One without an answer. */
    static Attempt unanswered(Outcome outcome, String words) {
        return new Attempt(outcome, null, words, null, null);
    }
}
