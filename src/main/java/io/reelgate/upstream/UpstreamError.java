package io.reelgate.upstream;

import io.reelgate.text.Sanitizer;
import io.reelgate.text.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * An error in the upstream's own words, safe to store, log and relay: without the key, without U+0000, unpaired
 * surrogates and line ends, at most 2,000 characters, never blank.
 *
 * @param status the HTTP status it came with
 * @param code the upstream's code, such as {@code insufficient_quota}, if it gave one
 */
public record UpstreamError(int status, @Nullable String code, String message) {

    public static final int LONGEST_MESSAGE = 2_000;
    public static final int LONGEST_CODE = 100;

    public UpstreamError {
        code = code == null || code.isBlank()
                ? null
                : Sanitizer.cut(Sanitizer.oneLine(StorableText.of(code.strip())), LONGEST_CODE);
        message = message.isBlank()
                ? "The upstream answered HTTP " + status + " without saying why."
                : Sanitizer.cut(Sanitizer.oneLine(StorableText.of(message.strip())), LONGEST_MESSAGE);
    }

    /** The code and message in one line, for logs and health details. */
    public String oneLine() {
        return "HTTP " + status + (code == null ? "" : " " + code) + ": " + message;
    }
}
