package io.reelgate.admission;

/** Decides whether a new job may go now, or waits; a repeat of one on record is not asked about, since it buys nothing. */
public interface Admission {

    /** Whether this job may be submitted now; if so, and if it waits, it counts in its app's minute. */
    AdmissionDecision admit(Candidate job);

    /**
     * A job that is not on record yet.
     *
     * @param account the id of the account that it would be sent to
     * @param mayWait whether its app would rather have it wait than refused
     */
    record Candidate(String app, int account, String model, boolean mayWait) {}
}
