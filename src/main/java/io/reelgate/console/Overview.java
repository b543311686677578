package io.reelgate.console;

import io.reelgate.archive.library.ArchiveNumbers;
import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobCounts;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsWaiting;
import io.reelgate.job.stats.Speed;
import io.reelgate.operations.Alarm;
import io.reelgate.operations.Alarm.Blame;
import io.reelgate.operations.Alarm.Severity;
import io.reelgate.operations.JobsByEnd;
import io.reelgate.operations.JobsByEnd.Ending;
import io.reelgate.operations.Window;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that the overview shows.
 *
 * @param paused whether ops have paused submissions
 * @param figures {@code null} while the record is away
 */
record Overview(
        Window window,
        GroupBy split,
        List<Alarm> alarms,
        boolean paused,
        @Nullable Figures figures) {

    private static final int MOST_ROWS = 12;

    /**
     * What was counted.
     *
     * @param films {@code null} where there is no archive
     */
    record Figures(
            JobsInWindow jobs,
            JobsWaiting waiting,
            Chart chart,
            @Nullable ArchiveNumbers films) {

        public JobsByEnd endings() {
            return new JobsByEnd(jobs.total());
        }

        public List<Row> apps() {
            return rows(jobs.byApp(), Map.of());
        }

        public List<Row> models() {
            return rows(jobs.byModel(), jobs.speedByModel());
        }

        /** How many apps have no row of their own. */
        public int moreApps() {
            return Math.max(0, jobs.byApp().size() - MOST_ROWS);
        }

        private static List<Row> rows(Map<String, JobCounts> counts, Map<String, Speed> speeds) {
            return counts.entrySet().stream()
                    .limit(MOST_ROWS)
                    .map(entry -> new Row(entry.getKey(), new JobsByEnd(entry.getValue()), speeds.get(entry.getKey())))
                    .toList();
        }
    }

    /** The jobs of one app or model. */
    record Row(String name, JobsByEnd endings, @Nullable Speed speed) {}

    /** The statuses behind an ending, as a link to the list of jobs has them. */
    public String statuses(String ending) {
        return Ending.valueOf(ending.toUpperCase(Locale.ROOT))
                .statuses()
                .map(JobStatus::word)
                .collect(Collectors.joining(","));
    }

    /** All windows that can be chosen. */
    public List<Window> windows() {
        return List.of(Window.values());
    }

    /** All divisions of the chart that can be chosen. */
    public List<GroupBy> splits() {
        return List.of(GroupBy.values());
    }

    /** All that may be to blame: one light each. */
    public List<Blame> blames() {
        return List.of(Blame.values());
    }

    /**
     * How one of the three is: {@code well}, {@code watch} if somebody should look at it, {@code ill}; {@code paused} is the gateway
     * that ops have paused. Without the record, what is neither is {@code unknown}.
     */
    public String state(Blame blame) {
        if (has(blame, Severity.ALARM)) {
            return "ill";
        }
        if (paused && blame == Blame.GATEWAY) {
            return "paused";
        }
        if (has(blame, Severity.WARNING)) {
            return "watch";
        }
        return figures == null ? "unknown" : "well";
    }

    private boolean has(Blame blame, Severity severity) {
        return alarms.stream().anyMatch(alarm -> alarm.blame() == blame && alarm.severity() == severity);
    }
}
