package io.reelgate.text;

/** What a text from outside must go through before it may be stored or logged. */
public final class Sanitizer {

    private Sanitizer() {}

    /** The text, or its first {@code longest} characters with an ellipsis as the last; no surrogate pair is split. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The text with a space for each control character, so that no upstream forges a log line. */
    public static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> line.appendCodePoint(breaksLine(point) ? ' ' : point));
        return line.toString();
    }

    private static boolean breaksLine(int point) {
        return Character.isISOControl(point) || point == '\u2028' || point == '\u2029';
    }
}
