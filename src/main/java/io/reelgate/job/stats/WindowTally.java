package io.reelgate.job.stats;

import io.reelgate.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds the rows of a count up to {@link JobsInWindow}. */
final class WindowTally {

    private final Tally total = new Tally();
    private final List<SlotTally> slots = new ArrayList<>();
    private final Map<String, Tally> apps = new HashMap<>();
    private final Map<String, Tally> models = new HashMap<>();

    WindowTally(int slots) {
        for (int i = 0; i < slots; i++) {
            this.slots.add(new SlotTally(new Tally(), new HashMap<>(), new HashMap<>()));
        }
    }

    private record SlotTally(Tally tally, Map<String, Long> byApp, Map<String, Long> byModel) {}

    /** Jobs of one status, how many of them the upstream took, and what was billed for them. */
    record Ending(JobStatus status, long jobs, long accepted, long tokens) {}

    /** Jobs of one status: of one slot, or of one app, or of one model. */
    void addEnding(@Nullable Integer slot, @Nullable String app, @Nullable String model, Ending ending) {
        if (slot != null) {
            total.add(ending);
            slot(slot).tally().add(ending);
        } else if (app != null) {
            apps.computeIfAbsent(app, _ -> new Tally()).add(ending);
        } else if (model != null) {
            models.computeIfAbsent(model, _ -> new Tally()).add(ending);
        }
    }

    /** Jobs of one slot, whatever became of them: of one app, or of one model. */
    void addName(int slot, @Nullable String app, @Nullable String model, long jobs) {
        if (app != null) {
            slot(slot).byApp().merge(app, jobs, Long::sum);
        } else if (model != null) {
            slot(slot).byModel().merge(model, jobs, Long::sum);
        }
    }

    JobsInWindow window(Instant from, Duration step, @Nullable Speed speed, Map<String, Speed> speedByModel) {
        var series = new ArrayList<JobsInWindow.Slot>();
        for (var slot : slots) {
            var at = from.plus(step.multipliedBy(series.size()));
            series.add(new JobsInWindow.Slot(at, slot.tally().counts(), slot.byApp(), slot.byModel()));
        }
        return new JobsInWindow(
                from, step, total.counts(), series, mostFirst(apps), mostFirst(models), speed, speedByModel);
    }

    /** Replicas' clocks differ: a job may have been created a moment after the window's end. */
    private SlotTally slot(int slot) {
        return slots.get(Math.clamp(slot, 0, slots.size() - 1));
    }

    private static Map<String, JobCounts> mostFirst(Map<String, Tally> tallies) {
        var counts = new LinkedHashMap<String, JobCounts>();
        tallies.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Tally>>comparingLong(entry -> -entry.getValue().jobs)
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().counts()));
        return counts;
    }

    private static final class Tally {

        private final Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
        private long jobs;
        private long accepted;
        private long tokens;

        void add(Ending ending) {
            byStatus.merge(ending.status(), ending.jobs(), Long::sum);
            jobs += ending.jobs();
            accepted += ending.accepted();
            tokens += ending.tokens();
        }

        JobCounts counts() {
            return new JobCounts(byStatus, accepted, tokens);
        }
    }
}
