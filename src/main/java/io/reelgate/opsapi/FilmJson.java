package io.reelgate.opsapi;

import io.reelgate.archive.FilmRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is on record of the keeping of a job's film.
 *
 * @param state {@code waiting}, {@code kept}, {@code missing} or {@code removed}
 * @param location where it lies, or lay, in the store
 * @param size in bytes
 * @param sha256 of its bytes, in lower-case hex
 * @param tries how often it was tried
 * @param error why it is not kept, or that it is gone from the store
 */
@JsonNaming(SnakeCaseStrategy.class)
record FilmJson(
        String state,
        @Nullable String location,
        @Nullable Long size,
        @Nullable String sha256,
        @Nullable Instant keptAt,
        int tries,
        @Nullable String error) {

    static FilmJson of(FilmRecord film) {
        var kept = film.kept();
        return kept == null
                ? new FilmJson(film.state().word(), null, null, null, null, film.tries(), error(film))
                : new FilmJson(
                        film.state().word(),
                        kept.location(),
                        kept.size(),
                        kept.sha256(),
                        kept.keptAt(),
                        film.tries(),
                        error(film));
    }

    private static @Nullable String error(FilmRecord film) {
        return film.goneAt() == null
                ? film.error()
                : "The film was kept, and has been gone from the store since " + film.goneAt();
    }
}
