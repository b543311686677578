package io.reelgate.billing;

import io.reelgate.job.JobStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a job stands with regard to money: the one table of what each status comes to. */
public enum Standing {
    /** Nothing was bought, or was given back. */
    NOTHING,
    /** It was not sent yet: nothing was bought so far. */
    WAITING,
    /** It is being made: it will come to about its estimate. */
    IN_FLIGHT,
    /** It came to what its tokens cost, or to what ops say. */
    SETTLED,
    /** There is a film, but no word of its tokens: its estimate stands for them. */
    ESTIMATED,
    /** It may have been bought: as long as nobody says otherwise, its estimate may be spent. */
    POSSIBLY_SPENT;

    /** Codes of jobs that failed without the upstream's word that they did. */
    private static final Set<String> IN_DOUBT = Set.of("task_lost", "submission_unconfirmed");

    /**
     * How a job stands.
     *
     * @param tokens that the upstream counted, if it did
     */
    public static Standing of(JobStatus status, @Nullable String errorCode, @Nullable Long tokens) {
        return switch (status) {
            case HELD -> WAITING;
            case SUBMITTING, QUEUED, IN_PROGRESS -> IN_FLIGHT;
            case SUCCEEDED -> tokens == null ? ESTIMATED : SETTLED;
            case FAILED -> errorCode != null && IN_DOUBT.contains(errorCode) ? POSSIBLY_SPENT : NOTHING;
            case EXPIRED, UNCONFIRMED -> POSSIBLY_SPENT;
            case REJECTED, UNAVAILABLE, CANCELLED -> NOTHING;
        };
    }
}
