package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an app's own jobs, newest first; pass {@code last_id} as {@code after} for the next one. Of a rare status a page may
 * be short, or empty, and have more behind it.
 */
record ListJson(
        String object,
        List<StatusJson> data,
        @JsonProperty("has_more") boolean hasMore,
        @JsonProperty("last_id") @Nullable String lastId) {

    /** The page, and the id to go on after if there is more. */
    static ListJson of(List<StatusJson> data, @Nullable String next) {
        var last = next != null || data.isEmpty() ? next : data.getLast().id();
        return new ListJson("list", data, next != null, last);
    }
}
