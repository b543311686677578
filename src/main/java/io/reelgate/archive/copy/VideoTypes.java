package io.reelgate.archive.copy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a film from an error page that came with a 200, by its type and its first bytes. */
final class VideoTypes {

    /** So many first bytes tell. */
    static final int HEAD = 16;

    static final String MP4 = "video/mp4";

    private static final Pattern VIDEO = Pattern.compile("video/[a-z0-9][a-z0-9.+-]{0,60}");
    private static final byte[] EBML = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};

    private VideoTypes() {}

    /** The type of what begins so and is said to be of this type; {@code null} if it is no film. */
    static @Nullable String of(byte[] head, @Nullable String said) {
        var found = byContent(head);
        if (said != null
                && VIDEO.matcher(said.toLowerCase(Locale.ROOT)).matches()
                && (found != null || !isText(head))) {
            return said.toLowerCase(Locale.ROOT);
        }
        return found;
    }

    /** ISO base media files have {@code ftyp} and a brand behind the length of their first box; Matroska and WebM begin with EBML. */
    private static @Nullable String byContent(byte[] head) {
        if (head.length >= 12 && ascii(head, 4).equals("ftyp")) {
            return ascii(head, 8).equals("qt  ") ? "video/quicktime" : MP4;
        }
        for (int i = 0; i < EBML.length; i++) {
            if (head.length <= i || head[i] != EBML[i]) {
                return null;
            }
        }
        return "video/webm";
    }

    /** Pages, XML and JSON, which a video type does not make a film. */
    private static boolean isText(byte[] head) {
        var start = new String(head, StandardCharsets.ISO_8859_1)
                .replace("\u00EF\u00BB\u00BF", "")
                .strip();
        return start.isEmpty() || start.startsWith("<") || start.startsWith("{") || start.startsWith("[");
    }

    private static String ascii(byte[] bytes, int from) {
        return new String(bytes, from, 4, StandardCharsets.US_ASCII);
    }
}
