package io.reelgate.job.query;

import static java.util.stream.Collectors.toMap;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.store.Batcher;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks one job up by its id; for many see {@link JobLists}. */
@Component
public class JobQueries implements DisposableBean {

    private static final String SELECT =
            "select " + JobRows.COLUMNS + " from video_job job" + JobRows.JOINS + " where job.";

    private static final String BY_ID = SELECT + "id = ?";
    private static final String BY_IDS = SELECT + "id = any (?)";
    private static final String BY_TASK_ID = SELECT + "upstream_task_id = ?";
    private static final String BY_REQUEST = SELECT + "request_id = ? order by job.id desc limit 1";

    private static final String POSITION = """
            select count(*) from held_request own join held_request before
              on before.account = own.account and before.model = own.model and before.app = own.app
              and not before.sending and before.job_id <= own.job_id
            where own.job_id = ? and not own.sending
            """;

    private final JdbcClient jdbc;
    private final Batcher<String, Optional<JobView>> lookUps = new Batcher<>("job-look-ups", this::lookUp);

    public JobQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The job of this id: the gateway's, or the upstream's own. It is read outside any transaction of the caller's, together
     * with what others look up at the same time: apps ask often.
     */
    public Optional<JobView> find(String id) {
        if (id.indexOf(0) >= 0) {
            return Optional.empty();
        }
        var job = JobId.looksLike(id) ? lookUps.await(id) : Optional.<JobView>empty();
        return job.isPresent() ? job : one(BY_TASK_ID, id);
    }

    /** The newest job that came with this request, for whoever has nothing but its {@code X-Request-Id}. */
    public Optional<JobView> findByRequest(String requestId) {
        return requestId.indexOf(0) >= 0 ? Optional.empty() : one(BY_REQUEST, requestId);
    }

    /** The jobs of these gateway ids, in any order; ids that are none are left out. */
    public List<JobView> findAll(Collection<String> ids) {
        return jdbc.sql(BY_IDS)
                .param(ids.toArray(String[]::new))
                .query((row, _) -> JobRows.view(row))
                .list();
    }

    /** What the app of this job, which is on record, asked for. */
    public JobWish wish(String jobId) {
        return jdbc.sql("select left(prompt, " + (JobWish.SHOWN + 1) + "), seconds, size from video_job where id = ?")
                .param(jobId)
                .query((row, _) -> JobWish.of(row.getString(1), row.getString(2), row.getString(3)))
                .single();
    }

    /** The id of the newest line of this job's timeline. */
    public String lastEvent(String jobId) {
        return jdbc.sql("select coalesce(max(id), 0) from job_event where job_id = ?")
                .param(jobId)
                .query((row, _) -> row.getString(1))
                .single();
    }

    /** Where the job stands among those of its app that wait for the same model, from 1; empty if it does not wait. */
    public OptionalLong position(String jobId) {
        long position = jdbc.sql(POSITION).param(jobId).query(Long.class).single();
        return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** How the jobs of these gateway ids stand; ids that are none are left out. */
    public Map<String, JobStatus> statuses(Collection<String> ids) {
        var statuses = HashMap.<String, JobStatus>newHashMap(ids.size());
        jdbc.sql("select id, status from video_job where id = any (?)")
                .param(ids.toArray(String[]::new))
                .query(row -> {
                    statuses.put(row.getString(1), JobStatus.of(row.getString(2)));
                });
        return statuses;
    }

    @Override
    public void destroy() {
        lookUps.close();
    }

    private List<Optional<JobView>> lookUp(List<String> ids) {
        if (ids.size() == 1) {
            // PostgreSQL plans a list anew each time, and this but once.
            return List.of(one(BY_ID, ids.getFirst()));
        }
        var found = findAll(ids).stream().collect(toMap(JobView::id, Function.identity()));
        return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
    }

    private Optional<JobView> one(String sql, String id) {
        return jdbc.sql(sql).param(id).query((row, _) -> JobRows.view(row)).optional();
    }
}
