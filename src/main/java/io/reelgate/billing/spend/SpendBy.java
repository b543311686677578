package io.reelgate.billing.spend;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What spend is split by. */
public enum SpendBy {
    APP,
    MODEL,
    DAY;

    /** The word in addresses and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this word; empty for any other. */
    public static Optional<SpendBy> of(String word) {
        return Stream.of(values()).filter(by -> by.word().equals(word)).findFirst();
    }
}
