package io.reelgate.job;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a job stands, and the one table of what may follow what.
 *
 * <p>{@link #reopens(String)} names the only ways back from an end; they are for ops alone.
 */
public enum JobStatus {
    /** The intent is on record; the call to the upstream is under way. */
    SUBMITTING,
    /** The upstream took it and has not begun. */
    QUEUED,
    /** The upstream is making the video. */
    IN_PROGRESS,
    /** The video exists. */
    SUCCEEDED,
    /** The upstream failed at it, or it was given up for a reason that {@code error_code} names. */
    FAILED,
    /** No end was seen within the deadline, although the upstream answered. */
    EXPIRED,
    /** The upstream refused it: nothing was bought. */
    REJECTED,
    /** It provably never reached the upstream: nothing was bought. */
    UNAVAILABLE,
    /** Whether the upstream took it is unknown; a late answer, ops or time settles it. */
    UNCONFIRMED;

    private static final Set<String> GIVEN_UP = Set.of("task_lost", "submission_lost", "submission_unconfirmed");

    /** The statuses that may follow this one by an outcome, a poll, a late answer or time. */
    public Set<JobStatus> successors() {
        return switch (this) {
            case SUBMITTING -> EnumSet.of(QUEUED, REJECTED, UNAVAILABLE, UNCONFIRMED);
            case QUEUED -> EnumSet.of(IN_PROGRESS, SUCCEEDED, FAILED, EXPIRED);
            case IN_PROGRESS -> EnumSet.of(SUCCEEDED, FAILED, EXPIRED);
            case UNCONFIRMED -> EnumSet.of(QUEUED, FAILED);
            case SUCCEEDED, FAILED, EXPIRED, REJECTED, UNAVAILABLE -> EnumSet.noneOf(JobStatus.class);
        };
    }

    /** The statuses this one may follow: what an {@code update … where status in (…)} has to name. */
    public Set<JobStatus> predecessors() {
        return Stream.of(values())
                .filter(status -> status.successors().contains(this))
                .collect(toUnmodifiableSet());
    }

    /** Whether ops may set a job that ended so back to {@link #QUEUED}: a paid video must stay reachable. */
    public boolean reopens(String errorCode) {
        return this == EXPIRED || this == FAILED && GIVEN_UP.contains(errorCode);
    }

    /** Whether the upstream has the job and has not ended it: exactly then it has a poll ticket. */
    public boolean tracked() {
        return this == QUEUED || this == IN_PROGRESS;
    }

    /** Whether this is an end. */
    public boolean ended() {
        return successors().isEmpty();
    }

    /** The word in the database and in the ops API, such as {@code in_progress}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word; throws {@link IllegalArgumentException} for any other. */
    public static JobStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
