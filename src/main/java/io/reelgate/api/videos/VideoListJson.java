package io.reelgate.api.videos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobPage;
import io.reelgate.job.query.JobWish;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of an app's own jobs, in the shape of OpenAI's lists. */
@Schema(name = "VideoList")
record VideoListJson(
        @Schema(description = "What this is", example = "list")
        String object,

        @ArraySchema(arraySchema = @Schema(description = "Your jobs, in the order asked for"))
        List<VideoJson> data,

        @Schema(description = "The first job of this page; null if it is empty", example = Examples.ID)
        @JsonProperty("first_id")
        @Nullable
        String firstId,

        @Schema(description = "The after of the next page; null if this is empty", example = Examples.ID)
        @JsonProperty("last_id")
        @Nullable
        String lastId,

        @Schema(description = "Whether there are more; then go on with after", example = "false")
        @JsonProperty("has_more")
        boolean hasMore) {

    static VideoListJson of(JobPage<JobListing> page) {
        var videos = page.jobs().stream().map(VideoListJson::video).toList();
        return new VideoListJson(
                "list",
                videos,
                videos.isEmpty() ? null : videos.getFirst().id(),
                videos.isEmpty() ? null : videos.getLast().id(),
                page.next() != null);
    }

    private static VideoJson video(JobListing listing) {
        return VideoJson.of(listing.job(), JobWish.of(listing.prompt(), listing.seconds(), listing.size()));
    }
}
