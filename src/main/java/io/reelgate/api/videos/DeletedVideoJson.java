package io.reelgate.api.videos;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to a job that was cancelled, in the shape of OpenAI's deletions. It stays on record, as failed. */
@Schema(name = "DeletedVideo")
record DeletedVideoJson(
        @Schema(description = "The job's id", example = Examples.ID)
        String id,

        @Schema(description = "What this is", example = "video.deleted")
        String object,

        @Schema(description = "Always true: the job does not go any more", example = "true")
        boolean deleted) {

    static DeletedVideoJson of(String id) {
        return new DeletedVideoJson(id, "video.deleted", true);
    }
}
