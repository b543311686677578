package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.reelgate.api.AppStatus;
import io.reelgate.job.query.JobView;

/** The answer to a submission, in the upstream's shape; {@code created_at} is in Unix seconds. */
@JsonPropertyOrder({"id", "task_id", "object", "model", "status", "progress", "created_at"})
record SubmissionJson(
        String id,
        @JsonProperty("task_id") String taskId,
        String object,
        String model,
        String status,
        int progress,
        @JsonProperty("created_at") long createdAt) {

    static SubmissionJson of(JobView job) {
        return new SubmissionJson(
                job.id(),
                job.id(),
                "video",
                job.model(),
                AppStatus.of(job.status()).word(),
                job.progress(),
                job.createdAt().getEpochSecond());
    }
}
