package io.reelgate.facade;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of an app's own jobs, newest first; pass {@code last_id} as {@code after} for the next one. */
record ListJson(
        String object,
        List<StatusJson> data,
        @JsonProperty("has_more") boolean hasMore,
        @JsonProperty("last_id") @Nullable String lastId) {

    static ListJson of(List<StatusJson> data, boolean hasMore) {
        return new ListJson(
                "list", data, hasMore, data.isEmpty() ? null : data.getLast().id());
    }
}
