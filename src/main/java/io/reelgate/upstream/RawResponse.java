package io.reelgate.upstream;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer of the upstream as far as it could be read.
 *
 * @param text the body; {@code null} if it could not be read, but for an error, of which it then says that
 * @param flaw why it could not be read, if so; goes on after "HTTP 200, but"
 */
public record RawResponse(
        int status,
        @Nullable String retryAfter,
        @Nullable String text,
        @Nullable String flaw) {

    /** An answer that was read. */
    public RawResponse(int status, @Nullable String retryAfter, @Nullable String text) {
        this(status, retryAfter, text, null);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** What to say of an answer that is no JSON. */
    public String unreadable() {
        return "HTTP " + status + ", but " + (flaw == null ? "the answer could not be read" : flaw);
    }
}
