package io.reelgate.submission.hold;

import io.reelgate.job.HoldReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what waits, for ops. */
@Component
public class HeldQueries {

    private static final String COUNT = """
            select account, model, app, reason, count(*) as jobs, min(since) as oldest from held_request
            group by account, model, app, reason order by jobs desc, app
            """;

    private final JdbcClient reads;

    HeldQueries(@Qualifier("reads") JdbcClient reads) {
        this.reads = reads;
    }

    /**
     * How many jobs of an app wait for a model, or are tried after they waited.
     *
     * @param oldest since when the one that waited longest does
     */
    public record Waiting(int account, String model, String app, HoldReason reason, long jobs, Instant oldest) {}

    /** All that waits, the most first. */
    public List<Waiting> waiting() {
        return reads.sql(COUNT).query((row, _) -> waiting(row)).list();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getInt("account"),
                row.getString("model"),
                row.getString("app"),
                HoldReason.of(row.getString("reason")),
                row.getLong("jobs"),
                row.getTimestamp("oldest").toInstant());
    }
}
