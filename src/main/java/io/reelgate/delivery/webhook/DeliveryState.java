package io.reelgate.delivery.webhook;

import java.util.Locale;

/** How it stands with a delivery. */
public enum DeliveryState {
    /** It is to be tried, for the first time or again. */
    WAITING,
    /** The receiver has it. */
    DELIVERED,
    /** It is not tried any more, unless ops say so. */
    FAILED;

    /** The word in the database and in the ops API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that word; throws {@link IllegalArgumentException} for any other. */
    public static DeliveryState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
