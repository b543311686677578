package io.reelgate.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The upstream's answer to a query: the task in a wrapper, and in it the provider's own view of the task. */
record TaskAnswer(String code, String message, Task data) {

    /** Times are Unix seconds, 0 for what has not happened. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Task(
            String taskId,
            String action,
            String status,
            String failReason,
            String resultUrl,
            long submitTime,
            long startTime,
            long finishTime,
            String progress,
            ProviderTask data) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProviderTask(
            String id,
            String model,
            String status,
            @Nullable Content content,
            @Nullable Usage usage,
            long createdAt,
            long updatedAt) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Content(String videoUrl) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Usage(long completionTokens, long totalTokens) {}

    private static final String REASON = "The sandbox failed this task because its prompt says [fail]";

    /** The task as it is now; {@code filmUrl} is told only once there is a film. */
    static TaskAnswer of(SimulatedTask task, Instant now, String filmUrl) {
        var state = task.stateAt(now);
        var hasUrl = state == TaskState.SUCCESS && task.ending() != Ending.FILM_WITHOUT_URL;
        var result = state == TaskState.FAILURE ? REASON : hasUrl ? filmUrl : "";
        return new TaskAnswer(
                "success",
                "",
                new Task(
                        task.id(),
                        "generate",
                        state.name(),
                        state == TaskState.FAILURE ? REASON : "",
                        // On failure the real one puts the reason here, too; a client must not take it for a link.
                        result,
                        task.start().getEpochSecond(),
                        happened(task.workBegins(), now),
                        happened(task.end(), now),
                        task.progressAt(now) + "%",
                        provider(task, now, state, hasUrl ? new Content(filmUrl) : null)));
    }

    private static ProviderTask provider(SimulatedTask task, Instant now, TaskState state, @Nullable Content content) {
        return new ProviderTask(
                task.id().replace("task_", "cgt-"),
                task.model(),
                state.providersWord(),
                content,
                state == TaskState.SUCCESS ? new Usage(task.tokens(), task.tokens()) : null,
                task.start().getEpochSecond(),
                (now.isBefore(task.end()) ? now : task.end()).getEpochSecond());
    }

    private static long happened(Instant then, Instant now) {
        return now.isBefore(then) ? 0 : then.getEpochSecond();
    }
}
