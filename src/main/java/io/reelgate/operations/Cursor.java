package io.reelgate.operations;

import io.reelgate.job.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of jobs ends, as a word that callers hand back unread: it may stand in an address as it is. */
public final class Cursor {

    private Cursor() {}

    /** The word for "older than this id". */
    public static String after(String jobId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(jobId.getBytes(StandardCharsets.US_ASCII));
    }

    /** The id in the word; throws {@link OpsProblem} if we never gave it out. */
    static String read(String cursor) {
        try {
            var id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (JobId.looksLike(id)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw OpsProblem.parameter("cursor", "cursor must be the 'next' of an earlier page");
    }
}
