package io.reelgate.ops;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One job with all that is on record about it.
 *
 * @param request the body that asked for it, inline media elided; valid JSON, written as it is
 * @param url the video's link, once there is one
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobDetail(
        @JsonUnwrapped JobItem job,
        @JsonRawValue String request,
        @Nullable Usage usage,
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        List<JobEvent> timeline) {

    /** What the upstream counted, in tokens. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Usage(@Nullable Long completionTokens, @Nullable Long totalTokens) {}

    static JobDetail of(JobView job, String request, List<JobEvent> timeline) {
        var film = job.film();
        return new JobDetail(
                JobItem.of(job),
                request,
                film == null || film.completionTokens() == null && film.totalTokens() == null
                        ? null
                        : new Usage(film.completionTokens(), film.totalTokens()),
                film == null ? null : film.url(),
                film == null ? null : film.urlExpiresAt(),
                timeline);
    }
}
