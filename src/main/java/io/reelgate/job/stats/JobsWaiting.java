package io.reelgate.job.stats;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is under way now.
 *
 * @param inFlight jobs that the upstream has and has not ended
 * @param submitting jobs whose submission has no answer yet
 * @param unconfirmed jobs that nobody knows whether the upstream has
 * @param oldestUnconfirmed when the oldest of those was asked for
 * @param due polls that are due and not under way
 * @param overdue how long the most overdue of those has been waiting; zero if there is none
 */
public record JobsWaiting(
        long inFlight,
        long submitting,
        long unconfirmed,
        @Nullable Instant oldestUnconfirmed,
        long due,
        Duration overdue) {}
