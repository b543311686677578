package io.reelgate.ops;

import io.reelgate.job.JobError;
import io.reelgate.job.JobView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A job in a list of the ops API; times are ISO instants. */
@JsonNaming(SnakeCaseStrategy.class)
record JobItem(
        String id,
        String app,
        String model,
        String status,
        String prompt,
        @Nullable String upstreamTaskId,
        int progress,
        @Nullable JobError error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    static JobItem of(JobView job) {
        return new JobItem(
                job.id(),
                job.app(),
                job.model(),
                job.status().word(),
                job.prompt(),
                job.upstreamTaskId(),
                job.progress(),
                job.error(),
                job.createdAt(),
                job.finishedAt());
    }
}
