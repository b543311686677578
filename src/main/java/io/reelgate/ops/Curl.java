package io.reelgate.ops;

/** A command line that asks for the same video again. */
final class Curl {

    private Curl() {}

    /** Safe to paste into a POSIX shell, whatever the app wrote: everything of it stands in single quotes. */
    static String of(String gateway, String app, String request) {
        return "curl %s/v1/video/generations \\%n  -H 'Content-Type: application/json' -H %s \\%n  --data-raw %s"
                .formatted(gateway, quoted("X-Reelgate-App: " + app), quoted(request))
                .replace(System.lineSeparator(), "\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
