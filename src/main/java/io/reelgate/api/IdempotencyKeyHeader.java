package io.reelgate.api;

import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Idempotency-Key}: a structured-field string (RFC 8941) as the IETF draft asks, or a bare token. */
public final class IdempotencyKeyHeader {

    public static final String NAME = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7e]+");

    private IdempotencyKeyHeader() {}

    /** The key, or {@code null} without the header; throws a 400 for one that cannot be read. */
    public static @Nullable String of(HttpServletRequest request) {
        var values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            return null;
        }
        var key = values.size() == 1 ? parse(values.getFirst().strip()) : null;
        if (key == null || key.isEmpty() || key.length() > LONGEST) {
            throw AppError.invalid(
                    NAME, NAME + " must be one quoted string or bare token of 1 to 255 visible characters");
        }
        return key;
    }

    private static @Nullable String parse(String value) {
        var quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        return BARE.matcher(value).matches() ? value : null;
    }
}
