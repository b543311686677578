package io.reelgate.ops;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reelgate.job.Film;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One job for ops, with all that happened to it.
 *
 * @param request the JSON that asked for it, as it came, inline media elided
 * @param url where the video is; {@code null} if there is none, or none that has a link
 * @param timeline oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobDetailJson(
        @JsonUnwrapped JobJson job,
        @Schema(implementation = Object.class) RequestJson request,
        @Nullable Usage usage,
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        List<JobEvent> timeline) {

    /** What the video cost. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Usage(@Nullable Long completionTokens, @Nullable Long totalTokens) {

        static @Nullable Usage of(Film film) {
            return film.completionTokens() == null && film.totalTokens() == null
                    ? null
                    : new Usage(film.completionTokens(), film.totalTokens());
        }
    }

    static JobDetailJson of(JobView job, String prompt, RequestJson request, List<JobEvent> timeline) {
        var film = job.film();
        var json = JobJson.of(job, prompt);
        return film == null
                ? new JobDetailJson(json, request, null, null, null, timeline)
                : new JobDetailJson(json, request, Usage.of(film), film.url(), film.urlExpiresAt(), timeline);
    }
}
