package io.reelgate.job.stats;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts jobs. Every query goes by a range of ids or by the status, so its cost is that of the window and not of the
 * record.
 */
@Component
public class JobStatistics {

    // One pass over the window for all groupings; which one a row belongs to shows in what is not null.
    private static final String COUNT = """
        select slot, app, model, status, count(*) as jobs, count(accepted_at) as accepted,
          coalesce(sum(coalesce(total_tokens, completion_tokens)), 0) as tokens
        from (
          select floor(extract(epoch from created_at - :from) / :step)::int as slot, app, model, status, accepted_at,
            total_tokens, completion_tokens
          from video_job where id >= :first) job
        group by grouping sets ((slot, status), (app, status), (model, status), (slot, app), (slot, model))
        """;

    private static final String SPEED = """
        select model, percentile_cont(array[0.5, 0.95])
          within group (order by extract(epoch from finished_at - coalesce(sent_at, created_at))) as seconds
        from video_job where status = 'succeeded' and id >= ?
        group by grouping sets ((model), ())
        """;

    private static final String WAITING = """
        select (select count(*) from poll_ticket) as in_flight,
          (select count(*) from video_job where status = 'submitting') as submitting,
          (select count(*) from video_job where status = 'unconfirmed') as unconfirmed,
          (select coalesce(sent_at, created_at) from video_job where status = 'unconfirmed' order by id limit 1) as oldest_unconfirmed,
          count(ticket.*) as due, coalesce(extract(epoch from now() - min(due_at)), 0) as overdue
        from poll_ticket ticket where due_at <= now() and (leased_until is null or leased_until <= now())
        """;

    // Leaps from app to app along the index instead of reading every job.
    private static final String APPS = """
        with recursive known (app) as (
          (select app from video_job order by app limit 1)
          union all
          select (select app from video_job where app > known.app order by app limit 1) from known
          where known.app is not null)
        select app from known where app is not null limit ?
        """;

    /** No model has an empty name. */
    private static final String ALL_MODELS = "";

    private static final String REFUSED = """
        select quota_incident_id, app, count(*) as jobs from video_job where quota_incident_id = any (?)
        group by quota_incident_id, app order by jobs desc, app
        """;

    /** A week of a busy gateway takes longer than a search may; it is counted once for all who look at it. */
    private static final String TAKE_LONGER = "set local statement_timeout = '20s'";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    JobStatistics(@Qualifier("reads") JdbcClient reads, @Qualifier("reads") TransactionOperations transaction) {
        this.jdbc = reads;
        this.transaction = transaction;
    }

    private record Row(
            @Nullable Integer slot,
            @Nullable String app,
            @Nullable String model,
            @Nullable String status,
            long jobs,
            long accepted,
            long tokens) {}

    private record ModelSpeed(
            @Nullable String model, @Nullable Speed speed) {}

    private record Refused(long incident, String app, long jobs) {}

    /** The jobs created in this many slots of this length, the first of which begins at {@code from}. */
    public JobsInWindow since(Instant from, Duration step, int slots) {
        return transaction.execute(_ -> {
            jdbc.sql(TAKE_LONGER).update();
            return counted(from, step, slots);
        });
    }

    private JobsInWindow counted(Instant from, Duration step, int slots) {
        var tally = new WindowTally(slots);
        for (var row : count(from, step)) {
            if (row.status() != null) {
                tally.addEnding(
                        row.slot(),
                        row.app(),
                        row.model(),
                        new WindowTally.Ending(JobStatus.of(row.status()), row.jobs(), row.accepted(), row.tokens()));
            } else if (row.slot() != null) {
                tally.addName(row.slot(), row.app(), row.model(), row.jobs());
            }
        }
        var speeds = speeds(from);
        return tally.window(from, step, speeds.remove(ALL_MODELS), speeds);
    }

    /** What is under way at this moment. */
    public JobsWaiting waiting() {
        return jdbc.sql(WAITING)
                .query((row, _) -> new JobsWaiting(
                        row.getLong("in_flight"),
                        row.getLong("submitting"),
                        row.getLong("unconfirmed"),
                        instant(row.getTimestamp("oldest_unconfirmed")),
                        row.getLong("due"),
                        seconds(row.getDouble("overdue"))))
                .single();
    }

    /** How many jobs in flight were sent to which account, by its id; one that has none is absent. */
    public Map<Integer, Long> inFlightByAccount() {
        var inFlight = new HashMap<Integer, Long>();
        jdbc.sql("select account, count(*) from poll_ticket group by account")
                .query((RowCallbackHandler) row -> inFlight.put(row.getInt(1), row.getLong(2)));
        return inFlight;
    }

    /** The names of the first {@code limit} apps on record, by alphabet. */
    public List<String> apps(int limit) {
        return jdbc.sql(APPS)
                .param(limit)
                .query((row, _) -> row.getString("app"))
                .list();
    }

    /** How many jobs of which app each of these quota incidents refused, the most first. */
    public Map<Long, Map<String, Long>> refused(Collection<Long> incidents) {
        var refused = new HashMap<Long, Map<String, Long>>();
        jdbc.sql(REFUSED)
                .param(incidents.toArray(Long[]::new))
                .query((row, _) -> new Refused(row.getLong(1), row.getString(2), row.getLong(3)))
                .list()
                .forEach(row -> refused.computeIfAbsent(row.incident(), _ -> new LinkedHashMap<>())
                        .put(row.app(), row.jobs()));
        return refused;
    }

    private List<Row> count(Instant from, Duration step) {
        return jdbc.sql(COUNT)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("step", step.toSeconds())
                .param("first", JobId.floor(from))
                .query((row, _) -> new Row(
                        row.getObject("slot", Integer.class),
                        row.getString("app"),
                        row.getString("model"),
                        row.getString("status"),
                        row.getLong("jobs"),
                        row.getLong("accepted"),
                        row.getLong("tokens")))
                .list();
    }

    /** By model, and of all models together. */
    private Map<String, Speed> speeds(Instant from) {
        var speeds = new LinkedHashMap<String, Speed>();
        jdbc.sql(SPEED)
                .param(JobId.floor(from))
                .query((row, _) -> new ModelSpeed(row.getString("model"), speed(row)))
                .list()
                .forEach(row -> {
                    if (row.speed() != null) {
                        speeds.put(row.model() == null ? ALL_MODELS : row.model(), row.speed());
                    }
                });
        return speeds;
    }

    private static @Nullable Speed speed(ResultSet row) throws SQLException {
        var array = row.getArray("seconds");
        if (array == null) {
            return null;
        }
        var seconds = (Double[]) array.getArray();
        return new Speed(seconds(seconds[0]), seconds(seconds[1]));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
