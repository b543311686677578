package io.reelgate.tracking;

import io.reelgate.job.JobError;
import io.reelgate.job.VideoResult;
import io.reelgate.job.store.PollTicket;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one poll means for a job and its ticket. */
sealed interface PollDecision {

    /** The ticket that was polled. */
    PollTicket ticket();

    /** Nothing that the job's row would show: ask again after the delay. */
    record Wait(PollTicket ticket, Duration delay) implements PollDecision {}

    /** The upstream began: say so, and ask again after the delay. */
    record Start(PollTicket ticket, Duration delay) implements PollDecision {}

    /** The video exists; {@code since} when, if the upstream says. */
    record Succeed(
            PollTicket ticket, VideoResult film, @Nullable Instant since) implements PollDecision {}

    /** There will be no video; {@code since} when, if the upstream says. */
    record Fail(PollTicket ticket, JobError error, @Nullable Instant since) implements PollDecision {}

    /** The upstream still has no end to tell, past the deadline. */
    record Expire(PollTicket ticket, JobError error) implements PollDecision {}
}
