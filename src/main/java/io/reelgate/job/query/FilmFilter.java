package io.reelgate.job.query;

import java.util.Locale;

/** Jobs by what became of their films in the archive. */
public enum FilmFilter {
    /** The film is in the store. */
    KEPT("film.state = 'kept' and film.gone_at is null"),
    /** The film is to be kept, and is not yet. */
    WAITING("film.state = 'waiting'"),
    /** The film should be there and is not: it could not be kept, or is gone from the store. */
    MISSING("(film.state = 'missing' or film.gone_at is not null)");

    /** What the row of the film must be, as SQL. */
    final String condition;

    FilmFilter(String condition) {
        this.condition = condition;
    }

    /** As addresses have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether such films are few among all, and may lie far back: they are then looked for in an index of their own. */
    boolean isRare() {
        return this != KEPT;
    }
}
