package io.reelgate.job.query;

import io.reelgate.job.Estimate;
import io.reelgate.job.Hold;
import io.reelgate.job.HoldReason;
import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.VideoResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a row becomes a {@link JobView}: the columns to select of {@code job}, its {@code ticket} and its {@code film}, and what they mean. */
final class JobRows {

    static final String COLUMNS = """
            job.id, job.app, job.model, job.status, job.upstream_task_id, job.account, job.request_id,
              coalesce(ticket.progress, job.progress) as progress, job.created_at, job.accepted_at, job.finished_at,
              job.url, job.url_expires_at, job.completion_tokens, job.total_tokens, job.error_code, job.error_message,
              job.estimated_tokens, job.price_per_million, job.price_currency, job.corrected_amount,
              coalesce(film.state = 'kept', false) as kept, held.reason as held_for, held.since as held_since,
              held.until as held_until""";

    /** What else is looked at of a job: how its polls go, whether its film is kept, and whether it waits. */
    static final String JOINS = " left join poll_ticket ticket on ticket.job_id = job.id"
            + " left join film on film.job_id = job.id left join held_request held on held.job_id = job.id";

    private JobRows() {}

    static JobView view(ResultSet row) throws SQLException {
        var status = JobStatus.of(row.getString("status"));
        return new JobView(
                row.getString("id"),
                row.getString("app"),
                row.getString("model"),
                status,
                row.getString("upstream_task_id"),
                row.getInt("account"),
                row.getString("request_id"),
                row.getInt("progress"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "accepted_at"),
                instant(row, "finished_at"),
                status == JobStatus.SUCCEEDED ? film(row) : null,
                status == JobStatus.SUCCEEDED && row.getBoolean("kept"),
                hold(row),
                error(row),
                estimate(row),
                row.getBigDecimal("corrected_amount"));
    }

    private static VideoResult film(ResultSet row) throws SQLException {
        return new VideoResult(
                row.getString("url"),
                instant(row, "url_expires_at"),
                row.getObject("completion_tokens", Long.class),
                row.getObject("total_tokens", Long.class));
    }

    private static @Nullable Hold hold(ResultSet row) throws SQLException {
        var reason = row.getString("held_for");
        return reason == null
                ? null
                : new Hold(
                        HoldReason.of(reason),
                        row.getTimestamp("held_since").toInstant(),
                        row.getTimestamp("held_until").toInstant());
    }

    private static @Nullable JobError error(ResultSet row) throws SQLException {
        var code = row.getString("error_code");
        return code == null ? null : new JobError(code, row.getString("error_message"));
    }

    private static @Nullable Estimate estimate(ResultSet row) throws SQLException {
        var tokens = row.getObject("estimated_tokens", Long.class);
        return tokens == null
                ? null
                : new Estimate(tokens, row.getBigDecimal("price_per_million"), row.getString("price_currency"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
