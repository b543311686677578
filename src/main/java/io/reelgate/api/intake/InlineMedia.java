package io.reelgate.api.intake;

import io.reelgate.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises Base64 media inside a JSON string and describes it in a few words, without ever holding it decoded. */
final class InlineMedia {

    /** No documented value that is not media comes near this many characters without a space. */
    private static final int LONG = 512;

    private static final int PREFIX = 512;
    private static final Pattern DATA_URI =
            Pattern.compile("data:([a-z0-9.+/-]*)[^,]*;base64,", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/");

    private InlineMedia() {}

    /**
     * What to keep on record in place of a string, such as {@code [image/png: 68 bytes, sha256 2c26…]}.
     *
     * @param raw the document
     * @param from the first byte of the string's content
     * @param to the byte behind its last
     * @param expected whether the field is documented to hold Base64
     * @return empty if the string is no inline media
     */
    static Optional<String> describe(byte[] raw, int from, int to, boolean expected) {
        var start = new String(raw, from, Math.min(PREFIX, to - from), StandardCharsets.ISO_8859_1).replace("\\/", "/");
        var uri = DATA_URI.matcher(start);
        if (uri.lookingAt()) {
            var type = uri.group(1).isEmpty() ? "media" : uri.group(1);
            int comma = from;
            while (raw[comma] != ',') {
                comma++;
            }
            return Optional.of(summary(type, raw, comma + 1, to));
        }
        if (to > from
                && !ADDRESS.matcher(start).lookingAt()
                && (expected || to - from >= LONG && isBase64(raw, from, to))) {
            return Optional.of(summary("media", raw, from, to));
        }
        return Optional.empty();
    }

    private static boolean isBase64(byte[] raw, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = raw[i];
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && "+/=-_\\".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String summary(String type, byte[] raw, int from, int to) {
        try {
            return describe(type, new Base64Input(raw, from, to), true);
        } catch (IOException e) {
            return describeAsText(type, raw, from, to);
        }
    }

    private static String describeAsText(String type, byte[] raw, int from, int to) {
        try {
            return describe(type, new ByteArrayInputStream(raw, from, to - from), false);
        } catch (IOException e) {
            throw new IllegalStateException("An array can be read", e);
        }
    }

    private static String describe(String type, InputStream content, boolean decode) throws IOException {
        var digest = Sha256.digest();
        var bytes = decode ? Base64.getMimeDecoder().wrap(content) : content;
        long size = new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
        return "[%s: %d bytes, sha256 %s]".formatted(type, size, HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * The characters of a JSON string that carry Base64: escapes are undone, since some encoders write a slash or a plus
     * as one, and the URL alphabet is folded.
     */
    private static final class Base64Input extends InputStream {

        private static final int HEX_DIGITS = 4;

        private final byte[] raw;
        private final int to;
        private int at;

        Base64Input(byte[] raw, int from, int to) {
            this.raw = raw;
            this.at = from;
            this.to = to;
        }

        @Override
        public int read() {
            if (at == to) {
                return -1;
            }
            int c = raw[at++];
            return folded(c == '\\' && at < to ? unescaped(raw[at++]) : c);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = 0;
            int next;
            while (count < length && (next = read()) >= 0) {
                target[offset + count++] = (byte) next;
            }
            return count == 0 && length > 0 ? -1 : count;
        }

        private int unescaped(int c) {
            return switch (c) {
                case 'n', 'r', 't' -> ' ';
                case 'u' -> codeUnit();
                default -> c;
            };
        }

        /** The character of four hex digits; the parser has not looked at them yet, so they may be none. */
        private int codeUnit() {
            int unit = 0;
            for (int end = Math.min(to, at + HEX_DIGITS); at < end; at++) {
                unit = unit << 4 | Character.digit(raw[at], 16) & 0xF;
            }
            return unit < 0x80 ? unit : ' ';
        }

        /** Never negative: that would be the end. */
        private static int folded(int c) {
            return switch (c) {
                case '-' -> '+';
                case '_' -> '/';
                default -> c & 0xFF;
            };
        }
    }
}
