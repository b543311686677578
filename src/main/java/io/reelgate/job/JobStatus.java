package io.reelgate.job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a job stands, which {@link Phase} that is, and the one table of what may follow what.
 *
 * <p>{@link #reopens(String)} names the only ways back from an end; they are for ops alone. A status has to be known here one
 * release before the first job has it, so that replicas of both releases can run side by side.
 */
public enum JobStatus {
    /** The intent is on record; the call to the upstream is under way. */
    SUBMITTING,
    /** It waits on record until it may be sent. */
    HELD,
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
    /** It waited, and was called off: nothing was bought. */
    CANCELLED,
    /** Whether the upstream took it is unknown; a late answer, ops or time settles it. */
    UNCONFIRMED;

    /** The error codes of jobs that were given up without the upstream's word; only those come back from {@link #FAILED}. */
    public static final Set<String> GIVEN_UP = Set.of("task_lost", "submission_lost", "submission_unconfirmed");

    /** What this status comes to. */
    public Phase phase() {
        return switch (this) {
            case HELD -> Phase.WAITING;
            case SUBMITTING, QUEUED, IN_PROGRESS -> Phase.UNDER_WAY;
            case SUCCEEDED -> Phase.ENDED_WELL;
            case FAILED, EXPIRED -> Phase.ENDED_BADLY;
            case REJECTED, UNAVAILABLE, CANCELLED -> Phase.REFUSED;
            case UNCONFIRMED -> Phase.IN_DOUBT;
        };
    }

    /** The statuses that may follow this one by an outcome, a poll, a late answer, its turn, time, or whoever calls it off. */
    public Set<JobStatus> successors() {
        return switch (this) {
            case SUBMITTING -> EnumSet.of(HELD, QUEUED, REJECTED, UNAVAILABLE, UNCONFIRMED);
            case HELD -> EnumSet.of(SUBMITTING, REJECTED, CANCELLED);
            case QUEUED -> EnumSet.of(IN_PROGRESS, SUCCEEDED, FAILED, EXPIRED);
            case IN_PROGRESS -> EnumSet.of(SUCCEEDED, FAILED, EXPIRED);
            case UNCONFIRMED -> EnumSet.of(QUEUED, FAILED);
            case SUCCEEDED, FAILED, EXPIRED, REJECTED, UNAVAILABLE, CANCELLED -> EnumSet.noneOf(JobStatus.class);
        };
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
        return phase().ended();
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
