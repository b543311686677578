package io.reelgate.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of the film that decides how much it costs, in the app's words.
 *
 * @param resolution {@code metadata.resolution}
 * @param ratio {@code metadata.ratio}
 * @param videoInput whether a film is among what it is to go by
 */
public record VideoSpec(
        @Nullable String resolution,
        @Nullable String ratio,
        @Nullable String seconds,
        @Nullable String duration,
        @Nullable String size,
        boolean videoInput) {

    private static final int USUAL_SECONDS = 5;

    /** No film that goes in is longer, and none that a model chooses the length of. */
    private static final int LONGEST_SECONDS = 15;

    /** What is longer than any model makes is refused by the upstream; it must not lock a budget meanwhile. */
    private static final int MOST_SECONDS = 60;

    private static final BigDecimal MODEL_CHOOSES = BigDecimal.ONE.negate();
    private static final int LONGEST_NUMBER = 20;
    private static final int FRAMES_A_SECOND = 24;
    private static final int PIXELS_A_TOKEN = 1024;

    /** What is known of a request that says nothing else. */
    public VideoSpec(@Nullable String seconds, @Nullable String size) {
        this(null, null, seconds, null, size, false);
    }

    /** How large it is made: as the resolution says, else as the size does, else 720p. */
    Tier tier() {
        return Tier.of(resolution)
                .or(() -> PictureSize.of(size).map(PictureSize::tier))
                .or(() -> Tier.of(size))
                .orElse(Tier.P720);
    }

    /** How many tokens it comes to; of one with a film to go by, at most as many as with the longest such film. */
    long tokens() {
        return tokens(tier().pixels(shape()), length(), videoInput ? LONGEST_SECONDS : 0);
    }

    /** The tokens of a film of so many pixels and seconds that goes by one of so many. */
    static long tokens(int pixels, int out, int in) {
        return (long) pixels * (FRAMES_A_SECOND * out + 1 + FRAMES_A_SECOND * in) / PIXELS_A_TOKEN;
    }

    private Ratio shape() {
        return Ratio.of(ratio)
                .or(() -> PictureSize.of(size).map(PictureSize::ratio))
                .orElse(Ratio.WIDE);
    }

    private int length() {
        return Stream.of(Optional.ofNullable(seconds), Optional.ofNullable(duration))
                .flatMap(Optional::stream)
                .map(VideoSpec::seconds)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(USUAL_SECONDS);
    }

    /** So many whole seconds; {@code null} for what is no length. */
    private static @Nullable Integer seconds(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            var number = new BigDecimal(text.strip());
            if (number.compareTo(MODEL_CHOOSES) == 0) {
                return LONGEST_SECONDS;
            }
            return number.signum() <= 0
                    ? null
                    : number.min(BigDecimal.valueOf(MOST_SECONDS))
                            .setScale(0, RoundingMode.CEILING)
                            .intValueExact();
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
