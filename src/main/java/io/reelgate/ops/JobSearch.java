package io.reelgate.ops;

import io.reelgate.job.JobFilter;
import io.reelgate.job.JobHistory;
import io.reelgate.job.JobId;
import io.reelgate.job.JobView;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds jobs without ever reading the whole record in one go: where no index answers the filter, a page looks at so many
 * jobs and tells how far back it came.
 */
@Component
class JobSearch {

    /** Jobs looked at for one page: a fraction of a second. */
    private static final int REACH = 50_000;

    private static final int EXPORT_PAGE = 1_000;

    private final JobHistory history;

    JobSearch(JobHistory history) {
        this.history = history;
    }

    /**
     * A page of jobs, newest first.
     *
     * @param next the id to go on before, or {@code null} at the end; a page may be short, or empty, and still have one
     * @param searchedTo where the search stopped although the page is not full; {@code null} if it did not
     */
    record Page(
            List<JobView> jobs,
            @Nullable String next,
            @Nullable Instant searchedTo) {}

    Page page(JobFilter filter, @Nullable String before, int limit) {
        if (indexed(filter)) {
            var jobs = history.list(filter, before, limit + 1);
            return jobs.size() > limit ? full(jobs, limit) : new Page(jobs, null, null);
        }
        var near = history.listNear(filter, before, limit + 1, REACH);
        return near.size() > limit ? full(near, limit) : partial(filter, before, limit);
    }

    private static Page full(List<JobView> jobs, int limit) {
        var page = jobs.subList(0, limit);
        return new Page(page, page.getLast().id(), null);
    }

    /** What is nearer than the horizon, read again in its bounds: new jobs and new statuses may have moved it meanwhile. */
    private Page partial(JobFilter filter, @Nullable String before, int limit) {
        var horizon = horizon(filter, before);
        var jobs = history.list(horizon == null ? filter : since(filter, horizon), before, limit + 1);
        if (jobs.size() > limit) {
            return full(jobs, limit);
        }
        return horizon == null ? new Page(jobs, null, null) : new Page(jobs, JobId.floor(horizon), horizon);
    }

    /** Hands every job of the filter to the consumer, newest first, a thousand in memory at a time. */
    void each(JobFilter filter, Consumer<JobView> consumer) {
        String before = null;
        do {
            var page = page(filter, before, EXPORT_PAGE);
            page.jobs().forEach(consumer);
            before = page.next();
        } while (before != null);
    }

    /** An app, or statuses, or neither: each is an index in the order of ids. */
    private static boolean indexed(JobFilter filter) {
        return filter.text() == null
                && filter.model() == null
                && (filter.app() == null || filter.statuses().isEmpty());
    }

    /** {@code null} if the filter's own beginning is nearer, or the record's. */
    private @Nullable Instant horizon(JobFilter filter, @Nullable String before) {
        return history.horizon(filter, before, REACH)
                .filter(reached -> filter.from() == null || reached.isAfter(filter.from()))
                .orElse(null);
    }

    private static JobFilter since(JobFilter filter, Instant from) {
        return new JobFilter(filter.app(), filter.statuses(), filter.model(), from, filter.to(), filter.text());
    }
}
