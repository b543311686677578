package io.reelgate.job;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a status comes to, for whoever need not tell all statuses apart: lists, counts, sweeps and pages switch over these, and a
 * new status is counted with the others of its phase.
 */
public enum Phase {
    /** On record, and not sent: it waits its turn. */
    WAITING,
    /** It is being sent, or the upstream has it and has not ended it. */
    UNDER_WAY,
    /** The video exists. */
    ENDED_WELL,
    /** There will be no video, although the upstream took the job or may have taken it. */
    ENDED_BADLY,
    /** There will be no video, and nothing was bought. */
    REFUSED,
    /** Nobody knows whether the upstream took it. */
    IN_DOUBT;

    /** The statuses of this phase. */
    public Set<JobStatus> statuses() {
        return Stream.of(JobStatus.values())
                .filter(status -> status.phase() == this)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a job of this phase stays as it is, unless ops say otherwise. */
    public boolean ended() {
        return switch (this) {
            case WAITING, UNDER_WAY, IN_DOUBT -> false;
            case ENDED_WELL, ENDED_BADLY, REFUSED -> true;
        };
    }
}
