package io.reelgate.api;

import io.reelgate.job.JobId;
import io.reelgate.web.AppError;
import org.jspecify.annotations.Nullable;

/** Reads what all lists can be asked for; throws a 400 that names the parameter for what cannot be read. */
public final class ListParameters {

    private ListParameters() {}

    /** How many jobs, 1 to 100. */
    public static int limit(String limit) {
        try {
            int wanted = Integer.parseInt(limit);
            if (wanted >= 1 && wanted <= 100) {
                return wanted;
            }
        } catch (NumberFormatException e) {
            // Answered below, as any other value that is none of these.
        }
        throw AppError.invalid("limit", "'limit' must be a number from 1 to 100");
    }

    /** The job after which the page begins. */
    public static @Nullable String after(@Nullable String after) {
        if (after != null && !JobId.looksLike(after)) {
            throw AppError.invalid("after", "'after' must be the id of a job");
        }
        return after;
    }
}
