package io.reelgate.billing;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shape of a film. Upright or not is all the same: it has as many pixels. */
enum Ratio {
    WIDE(16, 9),
    CLASSIC(4, 3),
    SQUARE(1, 1),
    CINEMA(21, 9);

    private final double quotient;
    private final Set<String> words;

    Ratio(int longer, int shorter) {
        this.quotient = (double) longer / shorter;
        this.words = Stream.of(longer + ":" + shorter, shorter + ":" + longer).collect(Collectors.toUnmodifiableSet());
    }

    /** The shape of this word, such as {@code 9:16}; empty for any other, as {@code adaptive}. */
    static Optional<Ratio> of(@Nullable String word) {
        return word == null
                ? Optional.empty()
                : Stream.of(values())
                        .filter(ratio -> ratio.words.contains(word))
                        .findFirst();
    }

    /** The shape that a picture of these sides is nearest to. */
    static Ratio nearest(int longer, int shorter) {
        double wanted = (double) longer / shorter;
        return Stream.of(values())
                .min(Comparator.comparingDouble(ratio -> Math.abs(ratio.quotient - wanted)))
                .orElse(WIDE);
    }
}
