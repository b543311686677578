package io.reelgate.billing;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How large a film is made, and how many pixels that is in each shape. The largest is twice as wide and high as the one before it. */
public enum Tier {
    P480("480p", 864 * 496, 752 * 560, 640 * 640, 992 * 432),
    P720("720p", 1280 * 720, 1112 * 834, 960 * 960, 1470 * 630),
    P1080("1080p", 1920 * 1080, 1664 * 1248, 1440 * 1440, 2206 * 946),
    K4("4k", 3840 * 2160, 3328 * 2496, 2880 * 2880, 4412 * 1892);

    /** From this shorter side on it is the next tier: half-way between the two. */
    private static final int LONGEST_480 = 600;

    private static final int LONGEST_720 = 900;
    private static final int LONGEST_1080 = 1620;

    private final String word;
    private final Map<Ratio, Integer> pixels;

    Tier(String word, int wide, int classic, int square, int cinema) {
        this.word = word;
        this.pixels = Map.of(Ratio.WIDE, wide, Ratio.CLASSIC, classic, Ratio.SQUARE, square, Ratio.CINEMA, cinema);
    }

    /** The word in requests and properties, such as {@code 720p}. */
    public String word() {
        return word;
    }

    /** The pixels of a picture of this shape. */
    int pixels(Ratio ratio) {
        return pixels.getOrDefault(ratio, 0);
    }

    /** The tier of this word; empty for any other. */
    static Optional<Tier> of(@Nullable String word) {
        return Stream.of(values())
                .filter(tier -> tier.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** The tier that a picture of this shorter side is made in. */
    static Tier ofShorterSide(int side) {
        if (side <= LONGEST_480) {
            return P480;
        }
        return side <= LONGEST_720 ? P720 : side <= LONGEST_1080 ? P1080 : K4;
    }
}
