package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.api.AppStatus;
import io.reelgate.job.JobError;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a look-up: the submission's fields and how far the job is; times are in Unix seconds.
 *
 * @param url the video, once completed; {@code output.video_url} is the same link, since this family of upstreams
 *     documents both spellings
 * @param error why there is no video; {@code null} unless the status is {@code failed}
 */
record StatusJson(
        @Schema(description = "The job's id", example = Examples.ID)
        String id,

        @Schema(description = "The same id, under the upstream's other name", example = Examples.ID)
        @JsonProperty("task_id")
        String taskId,

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
                description =
                        "Where the film is, once completed: a link that ends at expires_at, or the gateway's own, which"
                                + " stays",
                example = Examples.FILM)
        @Nullable
        String url,

        @Schema(description = "The same link, under the upstream's other name") @Nullable
        Output output,

        @Schema(
                description = "When that link ends, in Unix seconds; null if the film is kept, or nobody knows",
                example = "1795696394")
        @JsonProperty("expires_at")
        @Nullable
        Long expiresAt,

        @Schema(description = "Only while the job waits before it is sent")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        HoldJson hold,

        @Schema(description = "What the upstream counted, if it said so") @Nullable
        Usage usage,

        @Schema(description = CostJson.DESCRIPTION) @Nullable
        CostJson cost,

        @Schema(description = "Why there is no film; null unless the status is failed") @Nullable
        ErrorJson error) {

    record Output(
            @Schema(description = "Where the film is", example = Examples.FILM) @JsonProperty("video_url")
            String videoUrl) {}

    @Schema(name = "TokenUsage")
    record Usage(
            @Schema(description = "Tokens of the film", example = "48437") @JsonProperty("completion_tokens") @Nullable
            Long completionTokens,

            @Schema(description = "Tokens in all", example = "48437") @JsonProperty("total_tokens") @Nullable
            Long totalTokens) {}

    record ErrorJson(
            @Schema(
                    description =
                            "The upstream's code, or expired, task_lost, submission_lost, submission_unconfirmed, cancelled",
                    example = "task_lost")
            String code,

            @Schema(description = "The reason in words", example = "The upstream does not know the task any more")
            String message) {}

    /** The job for an app; {@code contentUrl} is where the gateway has a film that is kept, or has no link of its own. */
    static StatusJson of(JobView job, String contentUrl) {
        var film = job.film();
        return film == null || film.url() == null || job.kept()
                ? lasting(job, contentUrl)
                : of(job, film.url(), film.urlExpiresAt());
    }

    /** The same with the gateway's own address, whatever link there is. */
    static StatusJson lasting(JobView job, String contentUrl) {
        return of(job, job.film() == null ? null : contentUrl, null);
    }

    private static StatusJson of(JobView job, @Nullable String url, @Nullable Instant expiresAt) {
        var film = job.film();
        var finishedAt = job.finishedAt();
        return new StatusJson(
                job.id(),
                job.id(),
                "video",
                job.model(),
                AppStatus.of(job.status()).word(),
                job.progress(),
                job.createdAt().getEpochSecond(),
                finishedAt == null ? null : finishedAt.getEpochSecond(),
                url,
                url == null ? null : new Output(url),
                expiresAt == null ? null : expiresAt.getEpochSecond(),
                HoldJson.of(job),
                film == null ? null : usage(film),
                CostJson.of(job),
                AppStatus.of(job.status()) == AppStatus.FAILED ? error(job.error()) : null);
    }

    private static @Nullable Usage usage(VideoResult film) {
        return film.completionTokens() == null && film.totalTokens() == null
                ? null
                : new Usage(film.completionTokens(), film.totalTokens());
    }

    private static @Nullable ErrorJson error(@Nullable JobError error) {
        return error == null ? null : new ErrorJson(error.code(), error.message());
    }
}
