package io.reelgate.submission;

import io.reelgate.job.JobStatus;
import io.reelgate.job.Phase;
import io.reelgate.job.query.JobView;
import io.reelgate.upstream.SubmissionOutcome;

/** The outcome of an attempt, and the job as the record has it after that. */
record SettledAttempt(JobView job, SubmissionOutcome outcome) {

    /** For whoever waits for the first attempt. While the job goes on, no outcome of an attempt is an error to its app. */
    SubmissionAnswer answer() {
        return switch (outcome) {
            case SubmissionOutcome.Accepted _ -> new SubmissionAnswer.Accepted(job);
            case SubmissionOutcome.Unconfirmed _ -> new SubmissionAnswer.Unconfirmed(job);
            case SubmissionOutcome notBought
            when boughtNothing() ->
                new SubmissionAnswer.NotBought(Failure.of(notBought).orElseThrow());
            case SubmissionOutcome _ when job.status() == JobStatus.HELD -> new SubmissionAnswer.Held(job);
            // It waited, and somebody has tried it again already.
            case SubmissionOutcome _ -> new SubmissionAnswer.Pending(job);
        };
    }

    private boolean boughtNothing() {
        return job.status().phase() == Phase.REFUSED || job.status() == JobStatus.FAILED;
    }
}
