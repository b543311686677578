package io.reelgate.archive.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much is kept, and how much is not.
 *
 * @param films that are in the store
 * @param bytes of them
 * @param waiting films that are to be kept
 * @param oldestWaiting when the oldest of their jobs was created
 * @param endingSoon those of them whose link ends within six hours, though they were tried, or could have been
 * @param nextEnd when the first link of those ends
 * @param lost films of jobs of the last day that could not be kept
 * @param gone films that were kept, and were found to be gone from the store in the last day
 */
public record ArchiveNumbers(
        long films,
        long bytes,
        long waiting,
        @Nullable Instant oldestWaiting,
        long endingSoon,
        @Nullable Instant nextEnd,
        long lost,
        long gone) {}
