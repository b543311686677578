package io.reelgate.api.videos;

import io.reelgate.web.AppError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the boundary of a form out of its {@code Content-Type}. */
final class Boundary {

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*boundary\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s\"]*))", Pattern.CASE_INSENSITIVE);

    /** What RFC 2046 allows. */
    private static final Pattern SANE = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private Boundary() {}

    /** Whether a body of this type is a form. */
    static boolean isOf(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, "multipart/", 0, 10);
    }

    /** The boundary; throws a 400 for a type without one. */
    static String of(String contentType) {
        var parameter = PARAMETER.matcher(contentType);
        if (parameter.find()) {
            var boundary = parameter.group(1) != null ? parameter.group(1) : parameter.group(2);
            if (SANE.matcher(boundary).matches()) {
                return boundary;
            }
        }
        throw AppError.invalid(
                "Content-Type", "The Content-Type of a form must name its boundary, of 1 to 70 characters (RFC 2046)");
    }
}
