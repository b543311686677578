package io.reelgate.sandbox;

import java.util.regex.Pattern;

/** A film's size in pixels. */
record VideoSize(int width, int height) {

    /** What the upstream makes if it is not told; the seed page's default. */
    static final VideoSize DEFAULT = new VideoSize(480, 854);

    private static final Pattern FORMAT = Pattern.compile("\\s*(\\d{2,4})\\s*[xX*]\\s*(\\d{2,4})\\s*");

    /** Reads {@code 480x854}; what looks otherwise gives the default. */
    static VideoSize of(String text) {
        var match = FORMAT.matcher(text);
        return match.matches()
                ? new VideoSize(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
                : DEFAULT;
    }

    /** The provider's price in tokens for so many seconds of film at 24 frames a second. */
    long tokens(int seconds) {
        return (long) width * height * (24L * seconds + 1) / 1024;
    }
}
