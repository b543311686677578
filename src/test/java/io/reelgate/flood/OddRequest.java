package io.reelgate.flood;

import java.nio.charset.StandardCharsets;

/**
 * A request as bytes, right or wrong, and what is known about it.
 *
 * @param target as it stands in the first line
 * @param page whether it asks for HTML, as browsers do
 * @param readable whether its first line is one that a server can make out; if not, the server cannot know the path
 * @param due whether its head is all there, so that it must be answered
 */
record OddRequest(String method, String target, boolean page, boolean readable, boolean due, String head, byte[] body) {

    /** Each character of the head is one byte. */
    byte[] bytes() {
        var first = head.getBytes(StandardCharsets.ISO_8859_1);
        var all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    /** Whether the target lies at this path or under it, in a spelling that leaves no doubt. */
    boolean isUnder(String parent) {
        var path = target.replaceAll("\\?.*", "");
        var straight = readable && !path.matches(".*(/\\.|//|;|%2e).*");
        return straight && (path.equals(parent) || path.startsWith(parent.endsWith("/") ? parent : parent + "/"));
    }

    /** In one line, what cannot be printed escaped, and cut where it is long. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var b : bytes()) {
            if (text.length() > 1_500) {
                return text.append('…').toString();
            }
            text.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : "\\x%02x".formatted(b));
        }
        return text.toString().replace("\\x0d\\x0a", "\\r\\n");
    }
}
