package io.reelgate.ops;

import io.reelgate.job.JobCounts;
import io.reelgate.job.JobsInWindow;
import io.reelgate.job.JobsWaiting;
import io.reelgate.job.Speed;
import io.reelgate.ops.Alarm.Blame;
import io.reelgate.ops.Alarm.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the overview shows.
 *
 * @param figures {@code null} while the record is away
 */
record Overview(
        Window window,
        Split split,
        List<Alarm> alarms,
        @Nullable Figures figures) {

    private static final int MOST_ROWS = 12;

    /** What was counted. */
    record Figures(JobsInWindow jobs, JobsWaiting waiting, Chart chart) {

        public Endings endings() {
            return new Endings(jobs.total());
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
                    .map(entry -> new Row(entry.getKey(), new Endings(entry.getValue()), speeds.get(entry.getKey())))
                    .toList();
        }
    }

    /** The jobs of one app or model. */
    record Row(String name, Endings endings, @Nullable Speed speed) {}

    /** How one of the three is, {@code well} or {@code ill}; without the record, what is not ill is {@code unknown}. */
    public String state(Blame blame) {
        if (alarms.stream().anyMatch(alarm -> alarm.blame() == blame && alarm.severity() == Severity.ALARM)) {
            return "ill";
        }
        return figures == null ? "unknown" : "well";
    }
}
