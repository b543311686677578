package io.reelgate.job;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads jobs: one by id, or many, newest first, page by page along the id. */
@Component
public class JobHistory implements DisposableBean {

    private static final String COLUMNS = """
            select job.id, job.app, job.model, job.prompt, job.status, job.upstream_task_id,
              coalesce(ticket.progress, job.progress) as progress, job.created_at, job.accepted_at, job.finished_at,
              job.url, job.url_expires_at, job.completion_tokens, job.total_tokens, job.error_code, job.error_message
            """;
    private static final String TICKET = " left join poll_ticket ticket on ticket.job_id = job.id";
    private static final String SELECT = COLUMNS + "from video_job job" + TICKET;

    private static final String BY_ID = SELECT + " where job.id = ?";
    private static final String BY_TASK_ID = SELECT + " where job.upstream_task_id = ?";

    private final JdbcClient jdbc;
    private final Batcher<String, Optional<JobView>> lookUps = new Batcher<>("job-look-ups", this::lookUp);

    JobHistory(JdbcClient jdbc) {
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

    /** The jobs of these gateway ids, newest first; ids that are none are left out. */
    public List<JobView> findAll(Collection<String> ids) {
        return jdbc.sql(SELECT + " where job.id = any (?) order by job.id desc")
                .param(ids.toArray(String[]::new))
                .query((row, _) -> view(row))
                .list();
    }

    /** The body that asked for this job, as it came, inline media elided. */
    public Optional<String> request(String jobId) {
        return jdbc.sql("select request from video_job where id = ?")
                .param(jobId)
                .query(String.class)
                .optional();
    }

    /** At most {@code limit} jobs, newest first, older than the job {@code before} if one is given. */
    public List<JobView> list(JobFilter filter, @Nullable String before, int limit) {
        var wanted = conditions(filter, before);
        return jdbc.sql(SELECT + wanted.where() + " order by job.id desc limit ?")
                .params(wanted.parameters)
                .param(limit)
                .query((row, _) -> view(row))
                .list();
    }

    /**
     * The same, but having looked at no more than {@code reach} jobs of the filter's app, or else of its one status; so
     * fewer than {@code limit} may mean that there are more, beyond {@link #horizon}.
     */
    public List<JobView> listNear(JobFilter filter, @Nullable String before, int limit, int reach) {
        var near = nearest(filter, before);
        var wanted = conditions(filter, before);
        return jdbc.sql(COLUMNS + "from (select * from video_job job" + near.where()
                        + " order by job.id desc limit ?) job" + TICKET + wanted.where()
                        + " order by job.id desc limit ?")
                .params(near.parameters)
                .param(reach)
                .params(wanted.parameters)
                .param(limit)
                .query((row, _) -> view(row))
                .list();
    }

    /**
     * How far back a search that no index answers should look in one go: the instant at which the first job beyond the
     * {@code reach} newest before {@code before} was created, among those of the filter's app or else of its one status;
     * empty if there is none.
     */
    public Optional<Instant> horizon(JobFilter filter, @Nullable String before, int reach) {
        var near = nearest(filter, before);
        return jdbc.sql("select job.id from video_job job" + near.where() + " order by job.id desc offset ? limit 1")
                .params(near.parameters)
                .param(reach)
                .query(String.class)
                .optional()
                .map(JobId::createdAt);
    }

    /** Hands every job of the filter to the consumer, newest first, without holding them in memory. */
    public void each(JobFilter filter, Consumer<JobView> consumer) {
        String before = null;
        List<JobView> page;
        do {
            page = list(filter, before, 1_000);
            page.forEach(consumer);
            before = page.isEmpty() ? null : page.getLast().id();
        } while (page.size() == 1_000);
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
        return jdbc.sql(sql).param(id).query((row, _) -> view(row)).optional();
    }

    /** What one index answers in the order of ids. */
    private static Conditions nearest(JobFilter filter, @Nullable String before) {
        var conditions = new Conditions();
        conditions.add("job.id < ?", before);
        conditions.add("job.id < ?", filter.to() == null ? null : JobId.floor(filter.to()));
        if (filter.app() != null) {
            conditions.add("job.app = ?", filter.app());
        } else if (filter.statuses().size() == 1) {
            conditions.add("job.status = ?", filter.words().getFirst());
        }
        return conditions;
    }

    private static Conditions conditions(JobFilter filter, @Nullable String before) {
        var conditions = new Conditions();
        conditions.add("job.app = ?", filter.app());
        conditions.add("job.model = ?", filter.model());
        conditions.add("job.id >= ?", filter.from() == null ? null : JobId.floor(filter.from()));
        conditions.add("job.id < ?", filter.to() == null ? null : JobId.floor(filter.to()));
        conditions.add("job.id < ?", before);
        conditions.add("job.prompt ilike ?", filter.text() == null ? null : containing(filter.text()));
        if (filter.statuses().size() == 1) {
            // Not "= any": only an equality lets the index on (status, id) deliver the rows in order.
            conditions.add("job.status = ?", filter.words().getFirst());
        } else if (!filter.statuses().isEmpty()) {
            conditions.add("job.status = any (?)", filter.words().toArray(String[]::new));
        }
        return conditions;
    }

    private static String containing(String text) {
        var literal =
                StorableText.of(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + literal + "%";
    }

    private static JobView view(ResultSet row) throws SQLException {
        var status = JobStatus.of(row.getString("status"));
        return new JobView(
                row.getString("id"),
                row.getString("app"),
                row.getString("model"),
                row.getString("prompt"),
                status,
                row.getString("upstream_task_id"),
                row.getInt("progress"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "accepted_at"),
                instant(row, "finished_at"),
                status == JobStatus.SUCCEEDED ? film(row) : null,
                error(row));
    }

    private static Film film(ResultSet row) throws SQLException {
        return new Film(
                row.getString("url"),
                instant(row, "url_expires_at"),
                row.getObject("completion_tokens", Long.class),
                row.getObject("total_tokens", Long.class));
    }

    private static @Nullable JobError error(ResultSet row) throws SQLException {
        var code = row.getString("error_code");
        return code == null ? null : new JobError(code, row.getString("error_message"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    /** The {@code where} clause of a filter, and its parameters in order. */
    private static final class Conditions {

        private final List<String> clauses = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        void add(String clause, @Nullable Object parameter) {
            if (parameter != null) {
                clauses.add(clause);
                parameters.add(parameter);
            }
        }

        String where() {
            return clauses.isEmpty() ? "" : " where " + String.join(" and ", clauses);
        }
    }
}
