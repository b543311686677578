package io.reelgate.job.query;

import io.reelgate.job.Estimate;
import io.reelgate.job.Hold;
import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.VideoResult;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as the record has it, for reading: all but what its app wrote, which may be long and which most answers do not show;
 * see {@link JobListing} and {@link JobTexts}.
 *
 * @param account the id of the account that its latest attempt was sent to, whose task {@code upstreamTaskId} is
 * @param requestId the id of the HTTP request that brought it, which its app has as {@code X-Request-Id}
 * @param progress percent, 0 to 100
 * @param acceptedAt when the upstream took it
 * @param finishedAt when its end was recorded
 * @param film where the video is and what it cost, once it succeeded
 * @param kept whether the archive has the video, so that it stays when the link has died
 * @param hold that it waits, or is being tried after it waited
 * @param error why there is no video, or why nobody knows; of one that waits, what it would fail with
 * @param estimate what it was expected to cost when it was sent, if that was kept
 * @param corrected what ops say that it came to
 */
public record JobView(
        String id,
        String app,
        String model,
        JobStatus status,
        @Nullable String upstreamTaskId,
        int account,
        @Nullable String requestId,
        int progress,
        Instant createdAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant finishedAt,
        @Nullable VideoResult film,
        boolean kept,
        @Nullable Hold hold,
        @Nullable JobError error,
        @Nullable Estimate estimate,
        @Nullable BigDecimal corrected) {

    /** A job that was put on record just now and has this status. */
    public static JobView fresh(NewJob job, JobStatus status, @Nullable String upstreamTaskId) {
        return new JobView(
                job.id(),
                job.app(),
                job.model(),
                status,
                upstreamTaskId,
                job.account(),
                job.requestId(),
                0,
                job.createdAt(),
                null,
                null,
                null,
                false,
                null,
                null,
                job.estimate(),
                null);
    }

    /** The same job once the upstream has taken it. */
    public JobView accepted(String taskId) {
        return standing(JobStatus.QUEUED, taskId, null);
    }

    /** The same job once it waits. */
    public JobView held(Hold why) {
        return standing(JobStatus.HELD, upstreamTaskId, why);
    }

    private JobView standing(JobStatus now, @Nullable String taskId, @Nullable Hold why) {
        return new JobView(
                id,
                app,
                model,
                now,
                taskId,
                account,
                requestId,
                progress,
                createdAt,
                acceptedAt,
                finishedAt,
                film,
                kept,
                why,
                null,
                estimate,
                corrected);
    }
}
