package io.reelgate.api.videos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.api.AppStatus;
import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobView;
import io.reelgate.job.query.JobWish;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job in the shape of OpenAI's {@code Video}; times are in Unix seconds. */
@Schema(name = "Video")
record VideoJson(
        @Schema(description = "The job's id", example = Examples.ID)
        String id,

        @Schema(description = "What this is", example = "video")
        String object,

        @Schema(description = "The model asked for", example = "doubao-seedance-2-0-fast")
        String model,

        @Schema(description = Examples.STATUS, example = "completed")
        String status,

        @Schema(description = "How far the job is, in percent", example = "100")
        int progress,

        @Schema(description = "When it was submitted, in Unix seconds", example = "1795609987")
        @JsonProperty("created_at")
        long createdAt,

        @Schema(description = "When it ended, in Unix seconds; null until then", example = "1795609994")
        @JsonProperty("completed_at")
        @Nullable
        Long completedAt,

        @Schema(
                description = "When its film is gone, in Unix seconds; null if it is kept, or nobody knows",
                example = "1795696394")
        @JsonProperty("expires_at")
        @Nullable
        Long expiresAt,

        @Schema(description = "The prompt: its first 4,000 characters, in a list 500", example = "a watch turns slowly")
        String prompt,

        @Schema(description = "The length asked for; null if it was left out", example = "5") @Nullable
        String seconds,

        @Schema(description = "The size asked for; null if it was left out", example = "480x854") @Nullable
        String size,

        @Schema(description = "Why there is no film; null unless the status is failed") @Nullable
        VideoErrorJson error,

        @Schema(description = "Always null: nothing is remixed here") @JsonProperty("remixed_from_video_id") @Nullable
        String remixedFromVideoId) {

    @Schema(name = "VideoError")
    record VideoErrorJson(
            @Schema(
                    description = "The upstream's code, or expired, task_lost, submission_lost, submission_unconfirmed",
                    example = "task_lost")
            String code,

            @Schema(description = "The reason in words", example = "The upstream does not know the task any more")
            String message) {}

    static VideoJson of(JobView job, JobWish wish) {
        return new VideoJson(
                job.id(),
                "video",
                job.model(),
                status(job.status()),
                job.progress(),
                job.createdAt().getEpochSecond(),
                seconds(job.finishedAt()),
                job.kept() ? null : expiresAt(job.film()),
                wish.prompt(),
                wish.seconds(),
                wish.size(),
                job.status() == JobStatus.UNCONFIRMED ? null : error(job.error()),
                null);
    }

    /** SDKs know four words, and wait on for what is in progress: no more is known of a job whose answer was lost. */
    private static String status(JobStatus status) {
        var shown = AppStatus.of(status);
        return (shown == AppStatus.UNKNOWN ? AppStatus.IN_PROGRESS : shown).word();
    }

    private static @Nullable Long expiresAt(@Nullable VideoResult film) {
        return film == null || film.url() == null ? null : seconds(film.urlExpiresAt());
    }

    private static @Nullable Long seconds(@Nullable Instant time) {
        return time == null ? null : time.getEpochSecond();
    }

    private static @Nullable VideoErrorJson error(@Nullable JobError error) {
        return error == null ? null : new VideoErrorJson(error.code(), error.message());
    }
}
