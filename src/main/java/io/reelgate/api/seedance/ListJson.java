package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an app's own jobs, newest first; pass {@code last_id} as {@code after} for the next one. Of a rare status a page may
 * be short, or empty, and have more behind it.
 */
record ListJson(
        @Schema(description = "What this is", example = "list")
        String object,

        @ArraySchema(arraySchema = @Schema(description = "Your jobs, newest first"))
        List<StatusJson> data,

        @Schema(description = "Whether there may be more; then go on with after", example = "false")
        @JsonProperty("has_more")
        boolean hasMore,

        @Schema(description = "The after of the next page", example = Examples.ID) @JsonProperty("last_id") @Nullable
        String lastId) {

    /** The page, and the id to go on after if there is more. */
    static ListJson of(List<StatusJson> data, @Nullable String next) {
        var last = next != null || data.isEmpty() ? next : data.getLast().id();
        return new ListJson("list", data, next != null, last);
    }
}
