package io.reelgate.upstream;

import io.reelgate.text.Sanitizer;
import io.reelgate.text.StorableText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one poll saw of a task, whichever of its shapes the upstream answered in.
 *
 * @param progress 0 to 100, if the upstream gave a percentage
 * @param url the film's http(s) address, in ASCII; only on success, and never one that needs the gateway's key
 * @param urlExpiresAt the end that a signed address carries in itself
 * @param usage what the video cost; only on success, and if it says
 * @param endedAt when it ended, by the upstream's clock and mostly in whole seconds; only at an end, and if it says
 * @param failure why it failed; set exactly when the status is {@link TaskStatus#FAILED}
 * @param taskIds the ids that the answer gives the task itself, and not one inside of it; none if it does not say
 */
public record Snapshot(
        TaskStatus status,
        @Nullable Integer progress,
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        @Nullable Usage usage,
        @Nullable Instant endedAt,
        @Nullable Failure failure,
        List<String> taskIds) {

    /** The ids that the answer gives the task, if this one is not among them: then it may be about another. */
    public List<String> otherIdsThan(String taskId) {
        return taskIds.stream().anyMatch(taskId::equalsIgnoreCase) ? List.of() : taskIds;
    }

    /** Where the task stands. {@code UNCLEAR} is a word nobody knows: keep polling. */
    public enum TaskStatus {
        QUEUED,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED,
        UNCLEAR
    }

    /** What the upstream counted, in tokens; at least one of the two is given. */
    public record Usage(
            @Nullable Long completionTokens, @Nullable Long totalTokens) {}

    /** Why the task failed, in the upstream's words; as clean and bounded as {@link UpstreamError}. */
    public record Failure(@Nullable String code, String message) {

        public Failure {
            code = code == null || code.isBlank()
                    ? null
                    : Sanitizer.cut(StorableText.of(code.strip()), UpstreamError.LONGEST_CODE);
            message = message.isBlank()
                    ? "The upstream reported a failure without saying why."
                    : Sanitizer.cut(StorableText.of(message.strip()), UpstreamError.LONGEST_MESSAGE);
        }
    }
}
