package io.reelgate.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts jobs, for those who look after all of them; every query runs along ids or over the few jobs in flight. */
@Component
public class JobStatistics {

    private static final String TALLY = """
            select app, model, status, count(*) as jobs from video_job
            where id >= ? group by app, model, status order by app, model, status
            """;

    private static final String TIME_TO_VIDEO = """
            select percentile_cont(0.5) within group (order by seconds) as median,
              percentile_cont(0.95) within group (order by seconds) as p95
            from (select extract(epoch from finished_at - created_at)::float8 as seconds from video_job
                  where id >= ? and status = 'succeeded') finished
            """;

    private static final String SERIES = """
            select floor(extract(epoch from created_at - ?) / ?)::int as bucket, status, count(*) as jobs
            from video_job where id >= ? group by bucket, status order by bucket, status
            """;

    private static final String BACKLOG = """
            select count(*) as in_flight,
              count(*) filter (where due_at <= now()) as due,
              coalesce(extract(epoch from max(now() - due_at)), 0)::float8 as oldest_overdue,
              (select count(*) from video_job where status = 'submitting') as submitting,
              (select count(*) from video_job where status = 'unconfirmed') as unconfirmed
            from poll_ticket
            """;

    private final JdbcClient jdbc;

    JobStatistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many jobs of one app and model have one status. */
    public record Tally(String app, String model, JobStatus status, long jobs) {}

    /** How many jobs of one status were created in the {@code bucket}th step of a time range, from 0. */
    public record Step(int bucket, JobStatus status, long jobs) {}

    /** From the app's request to the recorded video, over the jobs that succeeded; {@code null} if none did. */
    public record TimeToVideo(
            @Nullable Duration median, @Nullable Duration p95) {}

    /**
     * What waits now.
     *
     * @param inFlight jobs the upstream has and has not ended
     * @param due of these, how many should be polled now or are being polled
     * @param oldestOverdue how long the longest due of them has been due; nothing if none is
     * @param submitting jobs whose call is under way
     * @param unconfirmed jobs whose outcome nobody knows
     */
    public record Backlog(long inFlight, long due, Duration oldestOverdue, long submitting, long unconfirmed) {}

    /** The jobs created since then, by app, model and status. */
    public List<Tally> since(Instant from) {
        return jdbc.sql(TALLY)
                .param(JobId.floor(from))
                .query((row, _) -> new Tally(
                        row.getString("app"),
                        row.getString("model"),
                        JobStatus.of(row.getString("status")),
                        row.getLong("jobs")))
                .list();
    }

    /** How long videos took whose jobs were created since then. */
    public TimeToVideo timeToVideoSince(Instant from) {
        return jdbc.sql(TIME_TO_VIDEO)
                .param(JobId.floor(from))
                .query((row, _) -> new TimeToVideo(
                        seconds(row.getObject("median", Double.class)), seconds(row.getObject("p95", Double.class))))
                .single();
    }

    /** The jobs created since then, by status and by steps of this length. */
    public List<Step> series(Instant from, Duration step) {
        return jdbc.sql(SERIES)
                .params(from.atOffset(ZoneOffset.UTC), step.toSeconds(), JobId.floor(from))
                .query((row, _) ->
                        new Step(row.getInt("bucket"), JobStatus.of(row.getString("status")), row.getLong("jobs")))
                .list();
    }

    /** What waits now. */
    public Backlog backlog() {
        return jdbc.sql(BACKLOG)
                .query((row, _) -> new Backlog(
                        row.getLong("in_flight"),
                        row.getLong("due"),
                        Duration.ofMillis((long) Math.max(0, row.getDouble("oldest_overdue") * 1000)),
                        row.getLong("submitting"),
                        row.getLong("unconfirmed")))
                .single();
    }

    private static @Nullable Duration seconds(@Nullable Double seconds) {
        return seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }
}
