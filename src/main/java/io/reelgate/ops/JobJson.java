package io.reelgate.ops;

import io.reelgate.job.JobError;
import io.reelgate.job.JobView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A job in a list for ops. */
@JsonNaming(SnakeCaseStrategy.class)
record JobJson(
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

    static JobJson of(JobView job) {
        return new JobJson(
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
