package io.reelgate.ops;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reelgate.job.Film;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobView;
import io.reelgate.job.TicketWatch.Watched;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One job for ops, with all that happened to it.
 *
 * @param request the JSON that asked for it, as it came, inline media elided
 * @param url where the video is; {@code null} if there is none, or none that has a link
 * @param silence that polls tell nothing of it; {@code null} if they do, or if it is not in flight
 * @param timeline oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobDetailJson(
        @JsonUnwrapped JobJson job,
        @Schema(implementation = Object.class) RequestJson request,
        @Nullable Usage usage,
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        @Nullable Silence silence,
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

    /** Since when polls tell nothing, and what the last of them came to. */
    record Silence(Instant since, @Nullable String reason) {

        static @Nullable Silence of(Watched job) {
            return job.silentSince() == null ? null : new Silence(job.silentSince(), job.lastReason());
        }
    }

    static JobDetailJson of(
            JobView job, String prompt, RequestJson request, Optional<Watched> watched, List<JobEvent> timeline) {
        var film = job.film();
        var json = JobJson.of(job, prompt);
        var silence = watched.map(Silence::of).orElse(null);
        return film == null
                ? new JobDetailJson(json, request, null, null, null, silence, timeline)
                : new JobDetailJson(json, request, Usage.of(film), film.url(), film.urlExpiresAt(), silence, timeline);
    }
}
