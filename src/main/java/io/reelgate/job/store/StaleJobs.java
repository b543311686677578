package io.reelgate.job.store;

import io.reelgate.job.Attempt;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds jobs that nobody settles any more, and locks them for who does. */
@Component
public class StaleJobs {

    // What was sent before then was created before then, so the index on (status, id) serves.
    private static final String STALE = """
            select id, attempt, account, coalesce(sent_at, created_at) as sent_at
            from video_job job where status = ? and id < ? and coalesce(sent_at, created_at) < ? and not exists (
              select from job_event event
              where event.job_id = job.id and event.kind = 'unconfirmed' and event.at > ?)
            order by id limit ? for update skip locked
            """;

    private final JdbcClient jdbc;

    StaleJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The latest attempts of at most {@code limit} jobs of this status that were sent before this instant, and that have not
     * become unconfirmed since, leaving out what others hold. They stay locked until the caller's transaction ends.
     */
    public List<Attempt> lock(JobStatus status, Instant sentBefore, int limit) {
        var instant = sentBefore.atOffset(ZoneOffset.UTC);
        return jdbc.sql(STALE)
                .params(status.word(), JobId.floor(sentBefore), instant, instant, limit)
                .query((row, _) -> new Attempt(
                        row.getString("id"),
                        row.getInt("attempt"),
                        row.getInt("account"),
                        row.getTimestamp("sent_at").toInstant()))
                .list();
    }
}
