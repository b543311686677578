package io.reelgate.upstream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which part of a film an answer holds, by its {@code Content-Range} (RFC 9110, 14.4), written anew from its numbers. */
public record ContentRange(String text, long length) {

    private static final Pattern PART = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final Pattern NO_PART = Pattern.compile("bytes \\*/(\\d{1,18})");

    /** The part of a 206, or {@code null} if it says none that can be. */
    public static @Nullable ContentRange of(@Nullable String header) {
        var part = PART.matcher(header == null ? "" : header.strip());
        if (!part.matches()) {
            return null;
        }
        var first = number(part, 1);
        var last = number(part, 2);
        var end = part.group(3).equals("*") ? Long.MAX_VALUE : number(part, 3);
        return first <= last && last < end
                ? new ContentRange(
                        "bytes " + first + "-" + last + "/" + (end == Long.MAX_VALUE ? "*" : end), last - first + 1)
                : null;
    }

    /** The length that a 416 says, as it says it. */
    public static @Nullable String ofNone(@Nullable String header) {
        var none = NO_PART.matcher(header == null ? "" : header.strip());
        return none.matches() ? "bytes */" + number(none, 1) : null;
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }
}
