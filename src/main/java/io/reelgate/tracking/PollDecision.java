package io.reelgate.tracking;

import io.reelgate.job.Film;
import io.reelgate.job.JobError;
import io.reelgate.job.PollTicket;
import java.time.Duration;

/** What one poll means for a job and its ticket. */
sealed interface PollDecision {

    /** The ticket that was polled. */
    PollTicket ticket();

    /** Nothing that the job's row would show: ask again after the delay. */
    record Wait(PollTicket ticket, Duration delay) implements PollDecision {}

    /** The upstream began: say so, and ask again after the delay. */
    record Start(PollTicket ticket, Duration delay) implements PollDecision {}

    /** The video exists. */
    record Succeed(PollTicket ticket, Film film) implements PollDecision {}

    /** There will be no video. */
    record Fail(PollTicket ticket, JobError error) implements PollDecision {}

    /** The upstream still has no end to tell, past the deadline. */
    record Expire(PollTicket ticket, JobError error) implements PollDecision {}
}
