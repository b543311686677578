package io.reelgate.console;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as a row of a table.
 *
 * @param prompt as much of it as is on the page
 * @param seconds the length that was asked for
 * @param size the size that was asked for
 * @param took from the request to the end, or to now if there is none yet
 */
record JobListItem(
        JobView job,
        String prompt,
        @Nullable String seconds,
        @Nullable String size,
        Duration took) {

    private static final int TAIL = 8;

    static JobListItem of(JobListing listing, Instant now) {
        var job = listing.job();
        var end = job.finishedAt() == null ? now : job.finishedAt();
        return new JobListItem(
                job, listing.prompt(), listing.seconds(), listing.size(), Duration.between(job.createdAt(), end));
    }

    public String id() {
        return job.id();
    }

    /** Enough of the id to tell it from its neighbours. */
    public String shortId() {
        return "…" + job.id().substring(job.id().length() - TAIL);
    }

    public String status() {
        return job.status().word();
    }

    /** What was billed for the video, if the upstream said. */
    public @Nullable Long tokens() {
        var film = job.film();
        if (film == null) {
            return null;
        }
        return film.totalTokens() == null ? film.completionTokens() : film.totalTokens();
    }

    /** Whether it may change by itself while one looks. */
    public boolean moves() {
        return !job.status().ended();
    }

    /** Whether its progress is worth a bar. */
    public boolean isRunning() {
        return job.status() == JobStatus.IN_PROGRESS || job.status() == JobStatus.QUEUED;
    }

    public @Nullable String error() {
        return job.error() == null ? null : job.error().code();
    }
}
