package io.reelgate.operations;

import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobCounts;
import org.jspecify.annotations.Nullable;

/** What ops call a job's ending: fewer words than the record has. */
public record JobsByEnd(JobCounts counts) {

    /** With a video. */
    public long succeeded() {
        return counts.in(JobStatus.SUCCEEDED);
    }

    /** Without one, after the upstream took it or may have taken it. */
    public long failed() {
        return counts.in(JobStatus.FAILED, JobStatus.EXPIRED);
    }

    /** Nothing was bought. */
    public long refused() {
        return counts.in(JobStatus.REJECTED, JobStatus.UNAVAILABLE);
    }

    /** Nobody knows yet. */
    public long unconfirmed() {
        return counts.in(JobStatus.UNCONFIRMED);
    }

    /** Not ended. */
    public long running() {
        return counts.in(JobStatus.SUBMITTING, JobStatus.QUEUED, JobStatus.IN_PROGRESS);
    }

    /** Of those that the upstream took and ended, 0 to 1; {@code null} if there are none. */
    @Nullable
    public Double successRate() {
        long ended = succeeded() + failed();
        return ended == 0 ? null : Double.valueOf((double) succeeded() / ended);
    }
}
