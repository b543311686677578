package io.reelgate.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A price of a model's films.
 *
 * @param tier for this one alone; {@code null}: for any
 * @param videoInput for jobs with, or without, a film to go by; {@code null}: for both
 * @param from the first day it holds; {@link LocalDate#MIN}: always
 */
record Price(String model, @Nullable Tier tier, @Nullable Boolean videoInput, BigDecimal perMillion, LocalDate from) {

    /** The best of those that hold comes last: the most specific one, by its tier before its input; then the newest. */
    static final Comparator<Price> BEST_LAST = Comparator.comparingInt(Price::specifics)
            .thenComparing(price -> price.tier != null)
            .thenComparing(Price::from);

    /** Whether it holds for such a film on this day. */
    boolean holds(String wanted, Tier tier, boolean videoInput, LocalDate day) {
        return model.equals(wanted)
                && (this.tier == null || this.tier == tier)
                && (this.videoInput == null || this.videoInput == videoInput)
                && !from.isAfter(day);
    }

    /** Whether both are for the same films from the same day on. */
    boolean isSameCase(Price other) {
        return model.equals(other.model)
                && tier == other.tier
                && Objects.equals(videoInput, other.videoInput)
                && from.equals(other.from);
    }

    private int specifics() {
        return (tier == null ? 0 : 1) + (videoInput == null ? 0 : 1);
    }
}
