package io.reelgate.job.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs, newest first.
 *
 * @param next the id to go on before, or {@code null} at the end; a page may be short, or empty, and still have one
 * @param searchedTo where the search stopped although the page is not full; {@code null} if it did not
 */
public record JobPage<T>(
        List<T> jobs, @Nullable String next, @Nullable Instant searchedTo) {}
