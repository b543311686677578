package io.reelgate.ops;

import io.reelgate.job.JobStatistics;
import io.reelgate.job.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/stats}: what waits now, and what became of the jobs of a window of time. */
@OpsApi("/ops/api/stats")
class StatsApi {

    private final JobStatistics statistics;
    private final Clock clock;

    StatsApi(JobStatistics statistics, Clock clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    /**
     * The numbers.
     *
     * @param inFlight jobs the upstream has and has not ended
     * @param oldestOverdueSeconds how long the longest due poll has been due
     * @param byStatus jobs created since {@code from}
     * @param successRate succeeded jobs among those that ended with a bought video or failure; {@code null} before any did
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Stats(
            String window,
            Instant from,
            long inFlight,
            long unconfirmed,
            double oldestOverdueSeconds,
            Map<String, Long> byStatus,
            Map<String, Long> byApp,
            Map<String, Long> byModel,
            @Nullable Double successRate,
            @Nullable Double medianSecondsToVideo,
            @Nullable Double p95SecondsToVideo) {}

    @GetMapping
    Stats stats(@RequestParam(defaultValue = "24h") String window) {
        var from = clock.instant().minus(length(window));
        var tallies = statistics.since(from);
        var time = statistics.timeToVideoSince(from);
        var backlog = statistics.backlog();
        var byStatus = sum(tallies, tally -> tally.status().word());
        return new Stats(
                window,
                from,
                backlog.inFlight(),
                backlog.unconfirmed(),
                backlog.oldestOverdue().toMillis() / 1000.0,
                byStatus,
                sum(tallies, JobStatistics.Tally::app),
                sum(tallies, JobStatistics.Tally::model),
                successRate(byStatus),
                seconds(time.median()),
                seconds(time.p95()));
    }

    private static Duration length(String window) {
        return switch (window) {
            case "1h" -> Duration.ofHours(1);
            case "24h" -> Duration.ofHours(24);
            case "7d" -> Duration.ofDays(7);
            default -> throw OpsProblem.badParameter("window", "'window' must be 1h, 24h or 7d");
        };
    }

    private static Map<String, Long> sum(List<JobStatistics.Tally> tallies, Function<JobStatistics.Tally, String> by) {
        return tallies.stream()
                .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingLong(JobStatistics.Tally::jobs)));
    }

    private static @Nullable Double successRate(Map<String, Long> byStatus) {
        long succeeded = byStatus.getOrDefault(JobStatus.SUCCEEDED.word(), 0L);
        long ended = succeeded
                + byStatus.getOrDefault(JobStatus.FAILED.word(), 0L)
                + byStatus.getOrDefault(JobStatus.EXPIRED.word(), 0L);
        return ended == 0 ? null : (double) succeeded / ended;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
