package io.reelgate.job.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs created since an instant, counted as they stand now.
 *
 * @param series consecutive slots of equal length, oldest first; the last one is not over yet
 * @param byApp the most jobs first; {@code byModel} likewise
 * @param speed {@code null} if no job has succeeded
 */
public record JobsInWindow(
        Instant from,
        Duration step,
        JobCounts total,
        List<Slot> series,
        Map<String, JobCounts> byApp,
        Map<String, JobCounts> byModel,
        @Nullable Speed speed,
        Map<String, Speed> speedByModel) {

    /** The jobs created from this instant to the next slot's. */
    public record Slot(Instant at, JobCounts counts, Map<String, Long> byApp, Map<String, Long> byModel) {}
}
