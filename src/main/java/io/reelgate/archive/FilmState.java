package io.reelgate.archive;

import java.util.Locale;

/** How it stands with the keeping of a film. */
public enum FilmState {
    /** It is to be fetched, or is being fetched. */
    WAITING,
    /** It lies in the store. */
    KEPT,
    /** It could not be kept. */
    MISSING,
    /** It was kept, and was deleted after {@code reelgate.archive.retention}. */
    REMOVED;

    /** As in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this word. */
    public static FilmState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
