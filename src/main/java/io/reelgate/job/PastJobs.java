package io.reelgate.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the newest successes tell about how long a job takes, by what was asked for. */
@Component
public class PastJobs {

    // video_job_by_status (status, id): reads the newest successes and nothing else.
    private static final String EARLIEST = """
            select model, seconds, size,
              (extract(epoch from percentile_cont(0.05) within group (order by finished_at - accepted_at)) * 1000)::bigint
                as took
            from (
              select model, seconds, size, accepted_at, finished_at from video_job
              where status = 'succeeded' order by id desc limit ?) newest
            group by model, seconds, size having count(*) >= ?
            """;

    private final JdbcClient jdbc;

    PastJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Jobs that are expected to take equally long. */
    public record Kind(
            String model,
            @Nullable String seconds,
            @Nullable String size) {}

    /**
     * The time, from acceptance to the record, within which one in twenty jobs of a kind had succeeded.
     *
     * @param newest how many successes to look at, over all kinds
     * @param enough a kind with fewer of them tells nothing
     */
    public Map<Kind, Duration> earliestEnds(int newest, int enough) {
        var ends = new HashMap<Kind, Duration>();
        jdbc.sql(EARLIEST).params(newest, enough).query(row -> {
            var kind = new Kind(row.getString("model"), row.getString("seconds"), row.getString("size"));
            ends.put(kind, Duration.ofMillis(row.getLong("took")));
        });
        return Map.copyOf(ends);
    }
}
