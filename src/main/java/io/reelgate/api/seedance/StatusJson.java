package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.api.AppStatus;
import io.reelgate.job.JobError;
import io.reelgate.job.JobStatus;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobView;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a look-up: the submission's fields and how far the job is; times are in Unix seconds.
 *
 * @param url the video, once completed; {@code output.video_url} is the same link, since this family of upstreams
 *     documents both spellings
 * @param error why there is no video; {@code null} unless the status is {@code failed}
 */
record StatusJson(
        String id,
        @JsonProperty("task_id") String taskId,
        String object,
        String model,
        String status,
        int progress,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("completed_at") @Nullable Long completedAt,
        @Nullable String url,
        @Nullable Output output,
        @Nullable Usage usage,
        @Nullable ErrorJson error) {

    record Output(@JsonProperty("video_url") String videoUrl) {}

    record Usage(
            @JsonProperty("completion_tokens") @Nullable Long completionTokens,
            @JsonProperty("total_tokens") @Nullable Long totalTokens) {}

    record ErrorJson(String code, String message) {}

    /** The job for an app; {@code contentUrl} is where the gateway streams a film that has no link of its own. */
    static StatusJson of(JobView job, String contentUrl) {
        var film = job.film();
        var url = film == null ? null : film.url() == null ? contentUrl : film.url();
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
                film == null ? null : usage(film),
                job.status() == JobStatus.UNCONFIRMED ? null : error(job.error()));
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
