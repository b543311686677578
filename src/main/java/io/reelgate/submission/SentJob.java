package io.reelgate.submission;

import io.reelgate.job.Attempt;
import io.reelgate.job.HoldTerms;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.hold.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A job of which an attempt is being made.
 *
 * @param job as it was when that began
 * @param seconds the length asked for, and {@code size}: by them the time of the first poll is guessed
 * @param terms on which it waits if the attempt buys nothing; {@code null}: it is refused then
 */
record SentJob(
        JobView job,
        @Nullable String seconds,
        @Nullable String size,
        Attempt attempt,
        @Nullable HoldTerms terms) {

    /** One that is new on record. */
    static SentJob first(NewJob job, @Nullable HoldTerms terms) {
        return new SentJob(
                JobView.fresh(job, JobStatus.SUBMITTING, null), job.seconds(), job.size(), job.attempt(), terms);
    }

    /** One that waited. */
    static SentJob again(Turn turn) {
        return new SentJob(turn.job(), turn.seconds(), turn.size(), turn.attempt(), new HoldTerms(turn.until(), null));
    }

    String id() {
        return job.id();
    }
}
