package io.reelgate.admission;

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

    /** Why a job is not admitted. */
    enum Reason {
        /** Ops paused submissions. */
        PAUSED,
        /** The app has submitted as many jobs in this minute as it may. */
        RATE_LIMITED
    }
}
