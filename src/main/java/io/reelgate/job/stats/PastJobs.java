package io.reelgate.job.stats;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the newest successes tell about how long a job takes, by what was asked for. Only ends count that were not found
 * late by the gateway's own habit: those whose time the upstream tells, and those of jobs that were asked for from the start.
 */
@Component
public class PastJobs {

    // video_job_by_status (status, id): reads the newest successes and nothing else. What ops attached had begun long
    // before.
    private static final String PACES = """
            select model, seconds, size, percentile_cont(array[0.05, 0.5]) within group (order by took) as took
            from (
              select model, seconds, size, extract(epoch from coalesce(ended_at, finished_at) - accepted_at) as took,
                row_number() over (partition by model, seconds, size order by id desc) as nth
              from (
                select id, model, seconds, size, created_at, sent_at, accepted_at, finished_at, ended_at from video_job
                where status = 'succeeded' order by id desc limit ?) newest
              where (ended_at is not null or %s) and accepted_at < coalesce(sent_at, created_at) + interval '5 minutes') telling
            where nth <= ?
            group by model, seconds, size having count(took) >= ?
            """.formatted(Sample.CONDITION);

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
     * How long jobs of a kind took, from their acceptance to their success.
     *
     * @param earliest within this, one in twenty had succeeded
     * @param usual half of them took longer
     */
    public record Pace(Duration earliest, Duration usual) {}

    /**
     * The pace of each kind.
     *
     * @param newest how many successes to look at, over all kinds
     * @param latest how many of a kind count, the newest of those that tell: fewer follow a change sooner
     * @param enough a kind with fewer of them tells nothing
     */
    public Map<Kind, Pace> paces(int newest, int latest, int enough) {
        var paces = new HashMap<Kind, Pace>();
        jdbc.sql(PACES).params(newest, latest, enough).query(row -> {
            paces.put(new Kind(row.getString("model"), row.getString("seconds"), row.getString("size")), pace(row));
        });
        return Map.copyOf(paces);
    }

    private static Pace pace(ResultSet row) throws SQLException {
        var took = (Double[]) row.getArray("took").getArray();
        return new Pace(seconds(took[0]), seconds(took[1]));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
