package io.reelgate.job.query;

import io.reelgate.job.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list; an empty or {@code null} part lets all through.
 *
 * @param statuses any of these
 * @param from created at this instant or later, to the millisecond
 * @param to created before this instant, to the millisecond
 * @param film only jobs whose films are that
 * @param text part of the prompt's first {@value #SEARCHED} characters, in whatever case
 */
public record JobFilter(
        @Nullable String app,
        Set<JobStatus> statuses,
        @Nullable String model,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable FilmFilter film,
        @Nullable String text) {

    /** Characters of a prompt that a search looks at: to look at the whole of long ones would take the database too long. */
    public static final int SEARCHED = 2_000;

    /** Every job. */
    public static final JobFilter ALL = new JobFilter(null, Set.of(), null, null, null, null, null);

    /** The jobs of one app in any of these statuses, or in any at all if there are none. */
    public static JobFilter of(String app, Set<JobStatus> statuses) {
        return new JobFilter(app, statuses, null, null, null, null, null);
    }

    /** The same, but none that was created before this instant. */
    JobFilter since(Instant from) {
        return new JobFilter(app, statuses, model, from, to, film, text);
    }

    /** Whether it asks for films of which there are few. */
    boolean isOfRareFilms() {
        return film != null && film.isRare();
    }

    List<String> words() {
        return statuses.stream().map(JobStatus::word).sorted().toList();
    }
}
