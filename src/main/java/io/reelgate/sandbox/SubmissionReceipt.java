package io.reelgate.sandbox;

import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The upstream's answer to a submission; {@code createdAt} in Unix seconds. */
@JsonNaming(SnakeCaseStrategy.class)
record SubmissionReceipt(
        String id, String taskId, String object, String model, String status, int progress, long createdAt) {

    static SubmissionReceipt of(SimulatedTask task) {
        var id = task.id();
        return new SubmissionReceipt(
                id, id, "video", task.model(), "queued", 0, task.start().getEpochSecond());
    }
}
