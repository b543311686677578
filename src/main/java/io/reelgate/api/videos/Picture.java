package io.reelgate.api.videos;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of pictures that a model takes, as their files begin. */
enum Picture {
    PNG("image/png", "\u0089PNG\r\n\u001a\n", ""),
    JPEG("image/jpeg", "\u00ff\u00d8\u00ff", ""),
    GIF87("image/gif", "GIF87a", ""),
    GIF89("image/gif", "GIF89a", ""),
    WEBP("image/webp", "RIFF", "WEBP");

    /** Bytes of a file that tell what it is. */
    static final int BEGINNING = 12;

    private static final int SECOND = 8;

    private final String type;
    private final String first;
    private final String second;

    Picture(String type, String first, String second) {
        this.type = type;
        this.first = first;
        this.second = second;
    }

    /** What a file is that begins like this. */
    static Optional<Picture> of(byte[] bytes, int length) {
        var beginning = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        return Stream.of(values())
                .filter(picture ->
                        beginning.startsWith(picture.first) && beginning.startsWith(picture.second, picture.at()))
                .findFirst();
    }

    private int at() {
        return second.isEmpty() ? 0 : SECOND;
    }

    String type() {
        return type;
    }
}
