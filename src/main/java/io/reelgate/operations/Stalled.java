package io.reelgate.operations;

import io.reelgate.tracking.StalledJobs;
import io.reelgate.tracking.StalledJobs.Slow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs in flight that need a look, counted once for all who ask in the same seconds. */
@Component
public class Stalled {

    private final ExpiringSupplier<Reading> reading;

    Stalled(StalledJobs jobs, Clock clock) {
        reading = new ExpiringSupplier<>(Duration.ofSeconds(2), clock, () -> {
            var silence = jobs.countSilent();
            return new Reading(silence.jobs(), silence.since(), jobs.slow());
        });
    }

    /**
     * How many there are.
     *
     * @param silent jobs of which polls have told nothing for {@link StalledJobs#SILENCE}
     * @param silentSince since when of the first of them
     * @param slow jobs that take far longer than others of their kind, the oldest first
     */
    public record Reading(long silent, @Nullable Instant silentSince, List<Slow> slow) {}

    public Reading now() {
        return reading.get();
    }
}
