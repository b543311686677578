package io.reelgate.archive.copy;

import io.reelgate.archive.ArchiveProperties;
import io.reelgate.job.AppliedTransition;
import io.reelgate.job.JobId;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts on record that a film is to be kept: with the good end of its job, or when ops ask for it. */
@Component
public class FilmsToKeep implements TransitionListener {

    /** How long a film is tried that does not say how long it can be had: as long as the links of this family live. */
    private static final String LIFE = "interval '24 hours'";

    private static final String ENDS = "coalesce(job.url_expires_at, job.finished_at + " + LIFE + ")";

    private static final String KEEP = """
            insert into film (job_id, account, link_ends_at, due_at)
            select job.id, case when job.url is null then job.account end, %1$s, now() from video_job job
            where job.status = 'succeeded' and %%s
            on conflict (job_id) do update set state = 'waiting', account = excluded.account, error = null,
              link_ends_at = excluded.link_ends_at, due_at = excluded.due_at
            where film.state in ('missing', 'removed')
            """.formatted(ENDS);

    private static final String KEEP_ENDED = KEEP.formatted("job.id = any (?)");

    private static final String KEEP_LIVING = KEEP.formatted("job.id = ? and " + ENDS + " > now()");

    private static final String KEEP_ALL = KEEP.formatted("job.id >= ? and job.id < ? and " + ENDS + " > now()");

    /** A film that is gone from the store counts as kept until it is to be kept once more. */
    private static final String FORGET = """
            with gone as (
              update film set state = 'missing', gone_at = null where job_id = ? and state = 'kept' and gone_at is not null
              returning size)
            update archive_total set films = films - 1, bytes = bytes - gone.size from gone
            """;

    private static final String DUE_NOW =
            "update film set due_at = now() where job_id = ? and state = 'waiting' and lease_token is null";

    /** No link that was seen lives longer; one look at a day's jobs after the other. */
    private static final int DAYS = 30;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final boolean keeps;

    FilmsToKeep(JdbcClient jdbc, Clock clock, ArchiveProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.keeps = properties.keeps();
    }

    @Override
    public boolean concerns(Transition transition) {
        return keeps && transition instanceof Transition.Succeeded;
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        jdbc.sql(KEEP_ENDED)
                .param(transitions.stream().map(AppliedTransition::jobId).toArray(String[]::new))
                .update();
    }

    /** Has this job's film kept, at once; false if it is kept, or cannot be had any more. */
    public boolean keep(String jobId) {
        if (jdbc.sql(DUE_NOW).param(jobId).update() == 1) {
            return true;
        }
        jdbc.sql(FORGET).param(jobId).update();
        return jdbc.sql(KEEP_LIVING).param(jobId).update() == 1;
    }

    /** Has all films kept that are not and still can be had; returns how many. */
    public int keepAll() {
        var now = clock.instant();
        int films = 0;
        for (int day = 0; day < DAYS; day++) {
            var to = now.plus(Duration.ofDays(1 - day)); // this day's includes ids of clocks that are ahead
            films += jdbc.sql(KEEP_ALL)
                    .params(JobId.floor(to.minus(Duration.ofDays(1))), JobId.floor(to))
                    .update();
        }
        return films;
    }
}
