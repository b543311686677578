package io.reelgate.submission;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.Accepted;

/** The outcome of an attempt, and the job as the record has it after that. */
record SettledAttempt(JobView job, SubmissionOutcome outcome) {

    SubmissionAnswer answer() {
        if (job.status() == JobStatus.HELD) {
            return new SubmissionAnswer.Held(job);
        }
        return Failure.of(outcome)
                .<SubmissionAnswer>map(SubmissionAnswer.NotBought::new)
                .orElseGet(() -> outcome instanceof Accepted
                        ? new SubmissionAnswer.Accepted(job)
                        : new SubmissionAnswer.Unconfirmed(job));
    }
}
