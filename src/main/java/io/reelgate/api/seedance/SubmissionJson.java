package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.reelgate.api.AppStatus;
import io.reelgate.job.query.JobView;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to a submission, in the upstream's shape; {@code created_at} is in Unix seconds. */
@JsonPropertyOrder({"id", "task_id", "object", "model", "status", "progress", "created_at", "hold", "cost"})
record SubmissionJson(
        @Schema(description = "The job's id; ask for the job by it", example = Examples.ID)
        String id,

        @Schema(description = "The same id, under the upstream's other name", example = Examples.ID)
        @JsonProperty("task_id")
        String taskId,

        @Schema(description = "What this is", example = "video")
        String object,

        @Schema(description = "The model asked for", example = "doubao-seedance-2-0-fast")
        String model,

        @Schema(description = Examples.STATUS, example = "queued")
        String status,

        @Schema(description = "How far the job is, in percent", example = "0")
        int progress,

        @Schema(description = "When it was submitted, in Unix seconds", example = "1795609987")
        @JsonProperty("created_at")
        long createdAt,

        @Schema(description = "Only while the job waits before it is sent")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        HoldJson hold,

        @Schema(description = CostJson.DESCRIPTION) @Nullable
        CostJson cost) {

    static SubmissionJson of(JobView job) {
        return new SubmissionJson(
                job.id(),
                job.id(),
                "video",
                job.model(),
                AppStatus.of(job.status()).word(),
                job.progress(),
                job.createdAt().getEpochSecond(),
                HoldJson.of(job),
                CostJson.of(job));
    }
}
