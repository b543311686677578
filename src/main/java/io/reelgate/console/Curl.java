package io.reelgate.console;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A command line that asks for the same video again. */
final class Curl {

    /** Linux takes no argument of 128 KiB or more. */
    private static final int LONGEST_REQUEST = 100_000;

    private Curl() {}

    /**
     * Safe to paste into a POSIX shell, whatever the app wrote: everything of it stands in single quotes. {@code null} if
     * the request is too long for a command line.
     */
    static @Nullable String of(String gateway, String app, String request) {
        if (request.getBytes(StandardCharsets.UTF_8).length > LONGEST_REQUEST) {
            return null;
        }
        return "curl %s/v1/video/generations \\%n  -H 'Content-Type: application/json' -H %s \\%n  --data-raw %s"
                .formatted(gateway, quoted("X-Reelgate-App: " + app), quoted(request))
                .replace(System.lineSeparator(), "\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
