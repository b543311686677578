package io.reelgate.archive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of the keeping of one film.
 *
 * @param linkEndsAt until when it can be had from the upstream
 * @param tries how often it was tried
 * @param nextTryAt when it is tried next, while it waits
 * @param error what became of the last try that failed
 * @param kept what lies in the store, or lay there until it was removed; {@code null} unless it is, or was, kept
 * @param goneAt since when it is not found there
 */
public record FilmRecord(
        FilmState state,
        Instant linkEndsAt,
        int tries,
        @Nullable Instant nextTryAt,
        @Nullable String error,
        @Nullable KeptFilm kept,
        @Nullable Instant goneAt) {

    /** Whether it can be asked for from the store. */
    public boolean isKept() {
        return state == FilmState.KEPT;
    }
}
