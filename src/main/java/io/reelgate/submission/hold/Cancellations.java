package io.reelgate.submission.hold;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobTransitions;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Calls jobs off that wait. What was sent cannot be called off: the upstream has no such thing, and would be paid. */
@Component
public class Cancellations {

    private static final Logger log = LoggerFactory.getLogger(Cancellations.class);

    private static final int BATCH = 100;

    private static final JobError CANCELLED =
            new JobError("cancelled", "The job was called off while it waited; nothing was bought");

    private final JdbcClient jdbc;
    private final JobTransitions transitions;
    private final JobQueries jobs;
    private final Clock clock;

    Cancellations(JdbcClient jdbc, JobTransitions transitions, JobQueries jobs, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Cancellation {

        /** It is called off, now or since earlier. */
        record Done(JobView job) implements Cancellation {}

        /** It is being tried at this moment, which may buy it; if not, it waits again. */
        record BeingTried(JobView job) implements Cancellation {}

        /** It was sent, or has ended. */
        record TooLate(JobView job) implements Cancellation {}
    }

    /**
     * Calls this job off if it waits.
     *
     * @param by which of ops did it; {@code null}: its app
     */
    public Cancellation cancel(JobView job, @Nullable String by, @Nullable String note) {
        if (transitions.apply(cancelled(job.id(), by, note)).isPresent()) {
            log.info("Job {} called off by {}", job.id(), by == null ? "its app" : by);
        }
        var now = jobs.find(job.id()).orElse(job);
        return now.status() == JobStatus.CANCELLED
                ? new Cancellation.Done(now)
                : now.hold() != null ? new Cancellation.BeingTried(now) : new Cancellation.TooLate(now);
    }

    /** Calls all jobs of this app off that wait now; returns how many. */
    public int cancelAll(String app, String by, @Nullable String note) {
        int cancelled = 0;
        var last = "";
        List<String> batch;
        do {
            batch = waiting(app, last);
            cancelled += transitions
                    .apply(batch.stream().map(id -> cancelled(id, by, note)).toList())
                    .size();
            last = batch.isEmpty() ? last : batch.getLast();
        } while (batch.size() == BATCH);
        log.warn("{} jobs of {} that waited were called off by {}", cancelled, app, by);
        return cancelled;
    }

    private List<String> waiting(String app, String after) {
        return jdbc.sql("""
                        select job_id from held_request where app = ? and not sending and job_id > ? order by job_id limit ?
                        """)
                .params(app, after, BATCH)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private Transition cancelled(String jobId, @Nullable String by, @Nullable String note) {
        var event = JobEvent.of(EventKind.CANCELLED, clock.instant())
                .with("code", CANCELLED.code())
                .with("message", CANCELLED.message())
                .with("by", by)
                .with("note", note);
        return new Transition.Cancelled(jobId, CANCELLED, event);
    }
}
