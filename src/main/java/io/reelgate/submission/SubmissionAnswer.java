package io.reelgate.submission;

import io.reelgate.job.query.JobView;
import io.reelgate.upstream.SubmissionOutcome;

/** What came of a submission by the time the app has to be answered. */
public sealed interface SubmissionAnswer {

    /** It came to this outcome, and the record says so. */
    record Settled(JobView job, SubmissionOutcome outcome) implements SubmissionAnswer {}

    /** The call, or the recording of its outcome, takes longer than the app should wait; it goes on. */
    record Pending(JobView job) implements SubmissionAnswer {}

    /** The same wish was on record already: this is its job as it is now, and nothing was sent. */
    record Replayed(JobView job) implements SubmissionAnswer {}

    /** The idempotency key was used for another body; nothing was sent. */
    record KeyReused() implements SubmissionAnswer {}

    /** The same wish is being sent at this moment by another request; nothing was sent for this one. */
    record KeyInFlight() implements SubmissionAnswer {}
}
