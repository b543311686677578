package io.reelgate.operations;

import io.reelgate.job.stats.JobStatistics;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsWaiting;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The numbers of the overview, counted once for all who look at it. */
@Component
public class Statistics {

    private static final int MOST_APPS = 500;

    private final Map<Window, ExpiringSupplier<JobsInWindow>> windows = new EnumMap<>(Window.class);
    private final ExpiringSupplier<JobsWaiting> waiting;
    private final ExpiringSupplier<List<String>> apps;

    Statistics(JobStatistics jobs, OpsReads reads, Clock clock) {
        for (var window : Window.values()) {
            windows.put(
                    window,
                    new ExpiringSupplier<>(
                            window.fresh(),
                            clock,
                            () -> reads.run(
                                    () -> jobs.since(window.from(clock.instant()), window.step(), window.slots()))));
        }
        waiting = new ExpiringSupplier<>(Duration.ofSeconds(1), clock, () -> reads.timed(jobs::waiting));
        apps = new ExpiringSupplier<>(Duration.ofSeconds(10), clock, () -> reads.run(() -> jobs.apps(MOST_APPS)));
    }

    public JobsInWindow in(Window window) {
        return Objects.requireNonNull(windows.get(window)).get();
    }

    public JobsWaiting waiting() {
        return waiting.get();
    }

    /** The apps on record, by alphabet, at most 500. */
    public List<String> apps() {
        return apps.get();
    }
}
