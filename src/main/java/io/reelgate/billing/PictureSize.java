package io.reelgate.billing;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A size as apps write it, such as {@code 720x1280}: it names a tier and a shape, and is not the size that is made. */
record PictureSize(Tier tier, Ratio ratio) {

    private static final Pattern SIDES = Pattern.compile("\\s*(\\d{1,5})\\s*[xX*×]\\s*(\\d{1,5})\\s*");

    /** What this size names; empty if it cannot be read. */
    static Optional<PictureSize> of(@Nullable String size) {
        var sides = SIDES.matcher(size == null ? "" : size);
        if (!sides.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(sides.group(1));
        int height = Integer.parseInt(sides.group(2));
        int shorter = Math.min(width, height);
        return shorter == 0 ? Optional.empty() : Optional.of(of(Math.max(width, height), shorter));
    }

    private static PictureSize of(int longer, int shorter) {
        var ratio = Ratio.nearest(longer, shorter);
        for (var tier : Tier.values()) {
            if (tier.pixels(ratio) == longer * shorter) {
                return new PictureSize(tier, ratio);
            }
        }
        return new PictureSize(Tier.ofShorterSide(shorter), ratio);
    }
}
