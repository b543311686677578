package io.reelgate.chaos;

import org.jspecify.annotations.Nullable;

/**
 * One POST of an app and what came back.
 *
 * @param status the HTTP status; 0 if no answer came, for whatever reason
 * @param id the job's id, if the answer had one
 * @param code the error's code, if the answer was an error
 */
record Attempt(
        String prompt,
        int status,
        @Nullable String id,
        @Nullable String code) {

    static Attempt broken(String prompt) {
        return new Attempt(prompt, 0, null, null);
    }

    boolean acknowledged() {
        return id != null;
    }

    /** An error answer that speaks of this job; "is being sent at this moment" does not. */
    boolean refused() {
        return status >= 400 && !isInFlight();
    }

    /** No answer, or one that leaves open what becomes of the job. */
    boolean undecided() {
        return status == 0 || isInFlight();
    }

    private boolean isInFlight() {
        return "idempotency_key_in_flight".equals(code);
    }
}
