package io.reelgate.archive.copy;

import io.reelgate.archive.store.FilmStore;

/** What an attempt to keep a film came to. */
sealed interface CopyResult {

    /** It lies in the store. */
    record Kept(FilmStore.Film film) implements CopyResult {}

    /** Not now. */
    record Again(Reason reason, String words) implements CopyResult {}

    /** Never, as things are. */
    record Missing(Reason reason, String words) implements CopyResult {}

    /** Somebody else has it, or the gateway stops: there is nothing to write down. */
    record Abandoned() implements CopyResult {}
}
