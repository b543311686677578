package io.reelgate.opsapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reelgate.job.JobEvent;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobView;
import io.reelgate.job.stats.TicketWatch.Watched;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.RecordedRequest;
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
 * @param film how it is kept; {@code null} if nobody was to keep it
 * @param billing what is known of its money
 * @param silence that polls tell nothing of it; {@code null} if they do, or if it is not in flight
 * @param timeline oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
record JobDetailJson(
        @JsonUnwrapped JobJson job,
        @Schema(implementation = Object.class) RecordedRequest request,
        @Nullable Usage usage,
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        @Nullable FilmJson film,
        BillingJson billing,
        @Nullable Silence silence,
        List<JobEvent> timeline) {

    /** What the video cost. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Usage(@Nullable Long completionTokens, @Nullable Long totalTokens) {

        static @Nullable Usage of(VideoResult film) {
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

    static JobDetailJson of(JobView job, JobDetails details) {
        var video = job.film();
        var json = JobJson.of(job, details.prompt(job));
        var request = details.request(job);
        var silence = details.watched(job).map(Silence::of).orElse(null);
        var timeline = details.timeline(job);
        var film = details.film(job).map(FilmJson::of).orElse(null);
        var billing = BillingJson.of(details.money(job));
        return video == null
                ? new JobDetailJson(json, request, null, null, null, film, billing, silence, timeline)
                : new JobDetailJson(
                        json,
                        request,
                        Usage.of(video),
                        video.url(),
                        video.urlExpiresAt(),
                        film,
                        billing,
                        silence,
                        timeline);
    }
}
