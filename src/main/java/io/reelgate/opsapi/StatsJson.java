package io.reelgate.opsapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reelgate.job.stats.JobCounts;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsWaiting;
import io.reelgate.job.stats.Speed;
import io.reelgate.operations.JobsByEnd;
import io.reelgate.operations.Stalled;
import io.reelgate.operations.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The overview's numbers.
 *
 * @param window {@code 1h}, {@code 24h} or {@code 7d}
 * @param from the beginning of the window: the jobs counted were asked for since then
 * @param now what is under way at this moment, whenever it was asked for
 * @param timeToVideo from the request to the recorded end; {@code null} if no job has succeeded
 */
@JsonNaming(SnakeCaseStrategy.class)
record StatsJson(
        String window,
        Instant from,
        Now now,
        @JsonUnwrapped Counts total,
        @Nullable SpeedJson timeToVideo,
        List<Named> byApp,
        List<Named> byModel,
        List<Slot> series) {

    /**
     * What is under way; {@code overdue_seconds} is how long the most overdue poll has been waiting. Of {@code silent} jobs
     * polls have told nothing for 15 minutes; {@code slow} ones take 20 times as long as others of their kind.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Now(
            long inFlight,
            long submitting,
            long unconfirmed,
            long pollsDue,
            double overdueSeconds,
            long silent,
            long slow) {

        static Now of(JobsWaiting waiting, Stalled.Reading stalled) {
            return new Now(
                    waiting.inFlight(),
                    waiting.submitting(),
                    waiting.unconfirmed(),
                    waiting.due(),
                    waiting.overdue().toMillis() / 1000.0,
                    stalled.silent(),
                    stalled.slow().size());
        }
    }

    /** Jobs as they stand now; {@code success_rate}, 0 to 1, is of those the upstream took and ended. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Counts(
            long jobs,
            long accepted,
            long succeeded,
            long failed,
            long refused,
            long tokens,
            @Nullable Double successRate,
            Map<String, Long> byStatus) {

        static Counts of(JobCounts counts) {
            var endings = new JobsByEnd(counts);
            var byStatus = new TreeMap<String, Long>();
            counts.byStatus().forEach((status, jobs) -> byStatus.put(status.word(), jobs));
            return new Counts(
                    counts.jobs(),
                    counts.accepted(),
                    endings.succeeded(),
                    endings.failed(),
                    endings.refused(),
                    counts.tokens(),
                    endings.successRate(),
                    byStatus);
        }
    }

    /** In seconds. */
    @JsonNaming(SnakeCaseStrategy.class)
    record SpeedJson(double medianSeconds, double p95Seconds) {

        static @Nullable SpeedJson of(@Nullable Speed speed) {
            return speed == null
                    ? null
                    : new SpeedJson(
                            speed.median().toMillis() / 1000.0, speed.p95().toMillis() / 1000.0);
        }
    }

    /** The jobs of one app or one model. */
    record Named(String name, @JsonUnwrapped Counts counts) {

        static List<Named> list(Map<String, JobCounts> counts) {
            return counts.entrySet().stream()
                    .map(entry -> new Named(entry.getKey(), Counts.of(entry.getValue())))
                    .toList();
        }
    }

    /** The jobs asked for from this instant to the next slot's. */
    record Slot(Instant at, @JsonUnwrapped Counts counts) {}

    static StatsJson of(Window window, JobsInWindow jobs, JobsWaiting waiting, Stalled.Reading stalled) {
        return new StatsJson(
                window.word(),
                jobs.from(),
                Now.of(waiting, stalled),
                Counts.of(jobs.total()),
                SpeedJson.of(jobs.speed()),
                Named.list(jobs.byApp()),
                Named.list(jobs.byModel()),
                jobs.series().stream()
                        .map(slot -> new Slot(slot.at(), Counts.of(slot.counts())))
                        .toList());
    }
}
