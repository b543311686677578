package io.reelgate.admission;

import io.reelgate.job.HoldReason;
import java.time.Duration;

/** Whether a job may go. */
public sealed interface AdmissionDecision {

    /** It may. */
    record Admitted() implements AdmissionDecision {}

    /**
     * It may not, and nothing is put on record.
     *
     * @param message for the app: why, and what to do
     * @param retryAfter when it is worth asking again
     */
    record Refused(Reason reason, String message, Duration retryAfter) implements AdmissionDecision {}

    /**
     * It may not be sent now, and waits once it is on record.
     *
     * @param message why, in words that it may end with
     */
    record Wait(HoldReason reason, String message) implements AdmissionDecision {}

    /** Why a job is not admitted. */
    enum Reason {
        /** Ops paused submissions. */
        PAUSED,
        /** The app has submitted as many jobs in this minute as it may. */
        RATE_LIMITED,
        /** As many jobs are with the upstream as may be. */
        TOO_MANY_IN_FLIGHT
    }
}
