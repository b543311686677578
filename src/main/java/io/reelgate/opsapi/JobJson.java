package io.reelgate.opsapi;

import io.reelgate.job.JobError;
import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A job for ops.
 *
 * @param requestId the {@code X-Request-Id} of the answer that its app got
 * @param prompt in a list its beginning, with an ellipsis where it was cut
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobJson(
        String id,
        String app,
        String model,
        String status,
        String prompt,
        @Nullable String upstreamTaskId,
        @Nullable String requestId,
        int progress,
        @Nullable JobError error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    static JobJson of(JobListing listing) {
        return of(listing.job(), listing.prompt());
    }

    static JobJson of(JobView job, String prompt) {
        return new JobJson(
                job.id(),
                job.app(),
                job.model(),
                job.status().word(),
                prompt,
                job.upstreamTaskId(),
                job.requestId(),
                job.progress(),
                job.error(),
                job.createdAt(),
                job.finishedAt());
    }
}
