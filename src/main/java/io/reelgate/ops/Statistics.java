package io.reelgate.ops;

import io.reelgate.job.JobStatistics;
import io.reelgate.job.JobsInWindow;
import io.reelgate.job.JobsWaiting;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The numbers of the overview, counted once for all who look at it. */
@Component
class Statistics {

    private static final int MOST_APPS = 500;

    private final Map<Window, Remembered<JobsInWindow>> windows = new EnumMap<>(Window.class);
    private final Remembered<JobsWaiting> waiting;
    private final Remembered<List<String>> apps;

    Statistics(JobStatistics jobs, OpsReads reads, Clock clock) {
        for (var window : Window.values()) {
            windows.put(
                    window,
                    new Remembered<>(
                            window.fresh(),
                            clock,
                            () -> reads.run(
                                    () -> jobs.since(window.from(clock.instant()), window.step(), window.slots()))));
        }
        waiting = new Remembered<>(Duration.ofSeconds(1), clock, () -> reads.timed(jobs::waiting));
        apps = new Remembered<>(Duration.ofSeconds(10), clock, () -> reads.run(() -> jobs.apps(MOST_APPS)));
    }

    JobsInWindow in(Window window) {
        return Objects.requireNonNull(windows.get(window)).get();
    }

    JobsWaiting waiting() {
        return waiting.get();
    }

    /** The apps on record, by alphabet, at most 500. */
    List<String> apps() {
        return apps.get();
    }
}
