package io.reelgate.submission;

import io.reelgate.admission.AdmissionDecision;
import io.reelgate.job.query.JobView;

/** What came of a submission by the time the app has to be answered. */
public sealed interface SubmissionAnswer {

    /** The upstream took it. */
    record Accepted(JobView job) implements SubmissionAnswer {}

    /** The upstream refused it, or was not reached: nothing was bought. */
    record NotBought(Failure failure) implements SubmissionAnswer {}

    /** Whether the upstream took it is unknown, and will be settled later. */
    record Unconfirmed(JobView job) implements SubmissionAnswer {}

    /** The call, or the recording of its outcome, takes longer than the app should wait; it goes on. */
    record Pending(JobView job) implements SubmissionAnswer {}

    /** It cannot be sent now, and waits: nothing was bought. */
    record Held(JobView job) implements SubmissionAnswer {}

    /** The same wish was on record already: this is its job as it is now, and nothing was sent. */
    record Replayed(JobView job) implements SubmissionAnswer {}

    /** It may not go now; nothing was put on record, and nothing was sent. */
    record NotAdmitted(AdmissionDecision.Refused refusal) implements SubmissionAnswer {}

    /** The idempotency key was used for another body; nothing was sent. */
    record KeyReused() implements SubmissionAnswer {}

    /** The same wish is being sent at this moment by another request; nothing was sent for this one. */
    record KeyInFlight() implements SubmissionAnswer {}
}
