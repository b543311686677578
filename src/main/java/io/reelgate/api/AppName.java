package io.reelgate.api;

import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** The name an app gives itself in {@code X-Reelgate-App}; it is believed, since the gateway has no keys for apps. */
public final class AppName {

    /** The header. */
    public static final String HEADER = "X-Reelgate-App";

    /** The name of all who give none. */
    public static final String ANONYMOUS = "anonymous";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private AppName() {}

    /** The caller's name; throws a 400 for one that is not letters, digits, {@code .}, {@code _}, {@code -}, at most 64. */
    public static String of(HttpServletRequest request) {
        var name = request.getHeader(HEADER);
        if (name == null) {
            return ANONYMOUS;
        }
        if (!SANE.matcher(name).matches()) {
            throw AppError.invalid(
                    HEADER, HEADER + " must be 1 to 64 letters, digits, '.', '_' or '-', or be left out");
        }
        return name;
    }
}
