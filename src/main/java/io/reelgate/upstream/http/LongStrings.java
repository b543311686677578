package io.reelgate.upstream.http;

/**
 * Drops from JSON what lies beyond the first 64 KB of a string: a film or a picture as Base64, of which nothing is read here. The
 * document stays whole, and where it came in pieces no more than one of them has to be there.
 */
final class LongStrings {

    /** Bytes. The longest text that is read is a link of 8,192 characters, each of them escaped as six at the worst. */
    static final int KEPT = 64 * 1_024;

    private boolean inString;
    private boolean escaped;
    private int hexDigits;
    private boolean dropping;
    private int length;

    /** Moves what is kept of the next so many bytes to the front, and says how many that are. */
    int thin(byte[] json, int count) {
        var kept = 0;
        for (var next = 0; next < count; ) {
            // Nearly all of a large answer are runs of bytes that need no look each.
            var run = inEscape() ? 0 : run(json, next, count);
            var keep = dropping ? 0 : inString ? Math.clamp(KEPT - length, 0, run) : run;
            System.arraycopy(json, next, json, kept, keep);
            kept += keep;
            next += run;
            if (inString) {
                length += run;
                dropping |= keep < run;
            }
            if (next < count) {
                var octet = json[next++];
                if (keeps(octet)) {
                    json[kept++] = octet;
                }
            }
        }
        return kept;
    }

    private boolean inEscape() {
        return escaped || hexDigits > 0;
    }

    /** How many bytes from here on neither begin nor end a string or an escape. */
    private static int run(byte[] json, int start, int end) {
        var next = start;
        while (next < end && json[next] != '"' && json[next] != '\\') {
            next++;
        }
        return next - start;
    }

    private boolean keeps(byte octet) {
        if (!inString) {
            inString = octet == '"';
            length = 0;
            return true;
        }
        length++;
        if (hexDigits > 0) {
            hexDigits--;
        } else if (escaped) {
            escaped = false;
            hexDigits = octet == 'u' ? 4 : 0;
        } else if (octet == '"') {
            inString = false;
            dropping = false;
            return true;
        } else {
            // An escape is kept whole or not at all: half of one would be no JSON.
            dropping |= length > KEPT;
            escaped = octet == '\\';
        }
        return !dropping;
    }
}
