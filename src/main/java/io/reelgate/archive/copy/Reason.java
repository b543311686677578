package io.reelgate.archive.copy;

import java.util.Locale;

/** Why a film was not copied, as a metric's label. */
enum Reason {
    /** The other side answered with an error. */
    ANSWER,
    /** It could not be reached, broke off, or stalled. */
    NETWORK,
    /** Its address may not be connected to. */
    FORBIDDEN,
    TOO_LARGE,
    /** What came is no film. */
    NO_FILM,
    /** The store, or the disk for copies, would not have it. */
    STORE,
    /** The time in which it can be had is over. */
    LINK_ENDED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
