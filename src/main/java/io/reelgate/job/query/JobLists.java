package io.reelgate.job.query;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists jobs, newest first, page by page along the id, without ever reading the whole record in one go: where no index answers
 * the filter, a page looks at so many jobs and tells how far back it came.
 *
 * <p>No list fetches more of a prompt than it shows: prompts have up to 100,000 characters.
 */
@Component
public class JobLists {

    /** Jobs looked at for one page: a fraction of a second. */
    private static final int REACH = 50_000;

    /** The same where the beginnings of their prompts have to be looked into: long ones take 0.15 ms each. */
    private static final int REACH_OF_SEARCH = 10_000;

    /** Characters of a prompt that a list for people shows. */
    private static final int SHOWN = 500;

    private static final int EXPORTED = 1_000;

    /** Bytes of prompts in one page of an export, but for its last row, which may exceed them. */
    private static final int EXPORTED_BYTES = 2 * 1024 * 1024;

    private static final String FROM = " from video_job job" + JobRows.JOINS;
    private static final String NEWEST_FIRST = " order by job.id desc limit ?";

    private final Kind<JobView> views;
    private final Kind<JobListing> listings;
    private final JdbcClient reads;

    /**
     * What a list is made of.
     *
     * @param columns to select, of {@code job} and {@code ticket}
     */
    private record Kind<T>(JdbcClient jdbc, String columns, RowMapper<T> row, Function<T, String> id) {}

    /** What follows the columns of a list, up to its conditions. */
    private record Source(String from, List<Object> parameters) {}

    private record Exported(JobListing listing, int found) {}

    public JobLists(DataSource dataSource, @Qualifier("reads") JdbcClient reads, ReadsProperties properties) {
        this.reads = reads;
        views = new Kind<>(
                hasty(dataSource, properties.timeout()), JobRows.COLUMNS, (row, _) -> JobRows.view(row), JobView::id);
        listings = new Kind<>(
                reads,
                JobRows.COLUMNS + ", job.seconds, job.size, left(job.prompt, " + (SHOWN + 1) + ") as prompt",
                (row, _) -> listing(row, cut(row.getString("prompt"))),
                listing -> listing.job().id());
    }

    /** An app's own jobs in any of these statuses, or in any at all if there are none; older than the job {@code before}. */
    public JobPage<JobView> ofApp(String app, Set<JobStatus> statuses, @Nullable String before, int limit) {
        return page(views, JobFilter.of(app, statuses), before, limit);
    }

    /** An app's own jobs with what they asked for, in either order, beyond the job {@code after} in that order. */
    public JobPage<JobListing> ofApp(String app, @Nullable String after, int limit, boolean oldestFirst) {
        var beyond = after == null ? "" : " and job.id " + (oldestFirst ? "> ?" : "< ?");
        var jobs = views.jdbc()
                .sql("select " + listings.columns() + FROM + " where job.app = ?" + beyond + " order by job.id "
                        + (oldestFirst ? "asc" : "desc") + " limit ?")
                .param(app)
                .params(after == null ? List.of() : List.of(after))
                .param(limit + 1)
                .query(listings.row())
                .list();
        return jobs.size() > limit ? full(listings, jobs, limit) : last(jobs, null);
    }

    /** The jobs of a filter, for people; older than the job {@code before} if one is given. */
    public JobPage<JobListing> search(JobFilter filter, @Nullable String before, int limit) {
        return page(listings, filter, before, limit);
    }

    /** The jobs of these gateway ids; ids that are none are left out. */
    public List<JobListing> findAll(Collection<String> ids) {
        return reads.sql("select " + listings.columns() + FROM + " where job.id = any (?) order by job.id desc")
                .param(ids.toArray(String[]::new))
                .query(listings.row())
                .list();
    }

    /** A page of an export, with whole prompts: as many jobs as fit into a few megabytes. */
    public JobPage<JobListing> export(JobFilter filter, @Nullable String before) {
        var horizon = indexed(filter) ? null : horizon(reads, filter, before);
        var wanted = JobConditions.of(horizon == null ? filter : filter.since(horizon), before);
        var source = source(filter, before);
        var rows = reads.sql("select job.* from (select job.*, count(*) over () as found,"
                        + " sum(octet_length(prompt)) over (order by id desc) - octet_length(prompt) as ahead from (select "
                        + JobRows.COLUMNS + ", job.seconds, job.size, job.prompt" + source.from() + wanted.where()
                        + NEWEST_FIRST
                        + ") job) job where ahead < ? order by id desc")
                .params(source.parameters())
                .params(wanted.parameters())
                .params(EXPORTED, EXPORTED_BYTES)
                .query((row, _) -> exported(row))
                .list();
        var jobs = rows.stream().map(Exported::listing).toList();
        boolean more = !rows.isEmpty()
                && (rows.size() == EXPORTED || rows.size() < rows.getFirst().found());
        return more ? new JobPage<>(jobs, jobs.getLast().job().id(), null) : last(jobs, horizon);
    }

    private <T> JobPage<T> page(Kind<T> kind, JobFilter filter, @Nullable String before, int limit) {
        if (indexed(filter)) {
            var jobs = list(kind, filter, before, limit + 1);
            return jobs.size() > limit ? full(kind, jobs, limit) : last(jobs, null);
        }
        if (filter.text() == null) {
            var near = near(kind, filter, before, limit + 1);
            if (near.size() > limit) {
                return full(kind, near, limit);
            }
        }
        // What is nearer than the horizon, in its bounds: new jobs and new statuses may have moved it meanwhile.
        var horizon = horizon(kind.jdbc(), filter, before);
        var jobs = list(kind, horizon == null ? filter : filter.since(horizon), before, limit + 1);
        return jobs.size() > limit ? full(kind, jobs, limit) : last(jobs, horizon);
    }

    private static <T> JobPage<T> full(Kind<T> kind, List<T> jobs, int limit) {
        var page = jobs.subList(0, limit);
        return new JobPage<>(page, kind.id().apply(page.getLast()), null);
    }

    private static <T> JobPage<T> last(List<T> jobs, @Nullable Instant horizon) {
        return horizon == null ? new JobPage<>(jobs, null, null) : new JobPage<>(jobs, JobId.floor(horizon), horizon);
    }

    private static <T> List<T> list(Kind<T> kind, JobFilter filter, @Nullable String before, int limit) {
        return list(kind, source(filter, before), filter, before, limit);
    }

    private static <T> List<T> list(Kind<T> kind, Source source, JobFilter filter, @Nullable String before, int limit) {
        var wanted = JobConditions.of(filter, before);
        return kind.jdbc()
                .sql("select " + kind.columns() + source.from() + wanted.where() + NEWEST_FIRST)
                .params(source.parameters())
                .params(wanted.parameters())
                .param(limit)
                .query(kind.row())
                .list();
    }

    /**
     * The same, but having looked at no more than so many jobs of the filter's app, or else of its one status; so fewer than
     * {@code limit} may mean that there are more, beyond {@link #horizon}.
     */
    private static <T> List<T> near(Kind<T> kind, JobFilter filter, @Nullable String before, int limit) {
        return list(kind, nearest(filter, before), filter, before, limit);
    }

    /** All jobs; but those with films of which there are few are found by these films, however far back they lie. */
    private static Source source(JobFilter filter, @Nullable String before) {
        return filter.isOfRareFilms() ? nearest(filter, before) : new Source(FROM, List.of());
    }

    /** The newest so many that one index leads to. */
    private static Source nearest(JobFilter filter, @Nullable String before) {
        var near = JobConditions.nearest(filter, before);
        var newest = "select * from " + indexed(filter.film()) + " job" + near.where() + NEWEST_FIRST;
        var parameters = new ArrayList<>(near.parameters());
        parameters.add(REACH);
        return new Source(
                " from ("
                        + (filter.isOfRareFilms()
                                ? "select found.* from (" + newest + ") few join video_job found on found.id = few.id"
                                : newest)
                        + ") job" + JobRows.JOINS,
                parameters);
    }

    /** What has the ids: the jobs, or the films where there are few of the kind. */
    private static String indexed(@Nullable FilmFilter film) {
        return film != null && film.isRare()
                ? "(select job_id as id from film where " + film.condition + ")"
                : "video_job";
    }

    /**
     * How far back a search that no index answers should look in one go: the instant at which the first job beyond the
     * newest so many before {@code before} was created, among those of the filter's rare films, else of its app, or else of its
     * one status;
     * {@code null} if the filter's own beginning is nearer, or the record's.
     */
    private static @Nullable Instant horizon(JdbcClient jdbc, JobFilter filter, @Nullable String before) {
        var near = JobConditions.nearest(filter, before);
        return jdbc.sql("select job.id from " + indexed(filter.film()) + " job" + near.where()
                        + " order by job.id desc offset ? limit 1")
                .params(near.parameters())
                .param(filter.text() == null ? REACH : REACH_OF_SEARCH)
                .query(String.class)
                .optional()
                .map(JobId::createdAt)
                .filter(reached -> filter.from() == null || reached.isAfter(filter.from()))
                .orElse(null);
    }

    /** An app, or statuses, or neither: each is an index in the order of ids. */
    private static boolean indexed(JobFilter filter) {
        return filter.text() == null
                && filter.model() == null
                && filter.film() == null
                && (filter.app() == null || filter.statuses().isEmpty());
    }

    private static Exported exported(ResultSet row) throws SQLException {
        return new Exported(listing(row, row.getString("prompt")), row.getInt("found"));
    }

    private static JobListing listing(ResultSet row, String prompt) throws SQLException {
        return new JobListing(JobRows.view(row), prompt, row.getString("seconds"), row.getString("size"));
    }

    private static String cut(String prompt) {
        return prompt.codePointCount(0, prompt.length()) <= SHOWN
                ? prompt
                : prompt.substring(0, prompt.offsetByCodePoints(0, SHOWN)) + "…";
    }

    /** For apps, whose lists share connections with submissions. */
    private static JdbcClient hasty(DataSource dataSource, Duration timeout) {
        var template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.max(1, Math.toIntExact(timeout.toSeconds())));
        return JdbcClient.create(template);
    }
}
