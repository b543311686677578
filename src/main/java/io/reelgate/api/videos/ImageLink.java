package io.reelgate.api.videos;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by its beginning whether a link may lead to a picture; more of it is the upstream's to judge. */
final class ImageLink {

    /** Bytes that are enough to tell. */
    static final int BEGINNING = 16;

    static final String MUST_BE = "must be an http or https address, or a data URL of a picture (data:image/…)";

    private static final Pattern GOOD = Pattern.compile("(https?://|data:image/).*", Pattern.DOTALL);

    private ImageLink() {}

    static boolean beginsWell(byte[] bytes, int from, int length) {
        var beginning = new String(bytes, from, length, StandardCharsets.ISO_8859_1)
                .replace("\\/", "/")
                .toLowerCase(Locale.ROOT);
        return GOOD.matcher(beginning).matches();
    }
}
