package io.reelgate.admission;

/** Decides whether a new job may go now; a repeat of one on record is not asked about, since it buys nothing. */
public interface Admission {

    /** Whether this app may submit one more job now; if so, the job counts in its minute. */
    AdmissionDecision admit(String app);
}
