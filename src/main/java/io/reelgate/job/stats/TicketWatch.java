package io.reelgate.job.stats;

import io.reelgate.job.stats.PastJobs.Kind;
import io.reelgate.job.store.PollTicket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks among the poll tickets for jobs of which polls tell nothing, and for those that have been in flight for long. */
@Component
public class TicketWatch {

    private static final String SELECT = """
            select ticket.job_id, job.model, job.seconds, job.size,
              extract(epoch from now() - ticket.tracked_since) as age,
              case when ticket.failures > 0 then ticket.silent_since end as silent_since,
              case when ticket.failures > 0 then ticket.last_reason end as last_reason
            """;
    private static final String FROM = " from poll_ticket ticket join video_job job on job.id = ticket.job_id";

    private static final String BY_ID = SELECT + FROM + " where ticket.job_id = ?";

    private static final String SILENT_FOR =
            " ticket.failures > 0 and ticket.silent_since <= now() - ? * interval '1 millisecond'";

    private static final String COUNT_SILENT =
            "select count(*), min(silent_since) from poll_ticket ticket where" + SILENT_FOR;

    private static final String SILENT =
            SELECT + FROM + " where" + SILENT_FOR + " order by ticket.silent_since, ticket.job_id limit ?";

    // The tickets first: however many there are, no more than so many jobs are looked up.
    private static final String OLD = SELECT + """
             from (
              select * from poll_ticket
              where failures = 0 and tracked_since <= now() - ? * interval '1 millisecond'
              order by tracked_since, job_id limit ?) ticket
            join video_job job on job.id = ticket.job_id order by ticket.tracked_since, ticket.job_id
            """;

    private final JdbcClient reads;

    TicketWatch(@Qualifier("reads") JdbcClient reads) {
        this.reads = reads;
    }

    /**
     * A job in flight.
     *
     * @param age how long it has been followed
     * @param silentSince since when polls have told nothing of it; {@code null} if the last one did
     * @param lastReason what the last of those came to, at most {@value PollTicket#LONGEST_REASON} characters
     */
    public record Watched(
            String jobId,
            Kind kind,
            Duration age,
            @Nullable Instant silentSince,
            @Nullable String lastReason) {}

    /** How many jobs polls tell nothing of, and since when of the first of them. */
    public record Silence(long jobs, @Nullable Instant since) {}

    /** This job, if it is in flight. */
    public Optional<Watched> find(String jobId) {
        return reads.sql(BY_ID).param(jobId).query((row, _) -> watched(row)).optional();
    }

    /** Counts the jobs of which polls have told nothing for at least so long. */
    public Silence countSilent(Duration length) {
        return reads.sql(COUNT_SILENT)
                .param(length.toMillis())
                .query((row, _) -> new Silence(row.getLong(1), instant(row, 2)))
                .single();
    }

    /** At most {@code limit} of those, the longest silent first. */
    public List<Watched> silent(Duration length, int limit) {
        return reads.sql(SILENT)
                .params(length.toMillis(), limit)
                .query((row, _) -> watched(row))
                .list();
    }

    /** At most {@code limit} jobs that have been followed for at least so long and are still answered for, the oldest first. */
    public List<Watched> olderThan(Duration age, int limit) {
        return reads.sql(OLD)
                .params(age.toMillis(), limit)
                .query((row, _) -> watched(row))
                .list();
    }

    private static Watched watched(ResultSet row) throws SQLException {
        return new Watched(
                row.getString("job_id"),
                new Kind(row.getString("model"), row.getString("seconds"), row.getString("size")),
                Duration.ofMillis(Math.round(row.getDouble("age") * 1000)),
                instant(row, row.findColumn("silent_since")),
                row.getString("last_reason"));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
