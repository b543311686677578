package io.reelgate.job;

import static io.reelgate.job.JobStatus.CANCELLED;
import static io.reelgate.job.JobStatus.EXPIRED;
import static io.reelgate.job.JobStatus.FAILED;
import static io.reelgate.job.JobStatus.HELD;
import static io.reelgate.job.JobStatus.IN_PROGRESS;
import static io.reelgate.job.JobStatus.QUEUED;
import static io.reelgate.job.JobStatus.REJECTED;
import static io.reelgate.job.JobStatus.SUBMITTING;
import static io.reelgate.job.JobStatus.SUCCEEDED;
import static io.reelgate.job.JobStatus.UNAVAILABLE;
import static io.reelgate.job.JobStatus.UNCONFIRMED;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of one job's status that somebody wants made. {@code JobTransitions} makes it, and nobody else, and only where the job
 * stands as {@link #steps} says; else the job is left as it is.
 */
public sealed interface Transition {

    /** The job whose status changes. */
    String jobId();

    /** What its timeline says of the change, and when it happened. */
    JobEvent event();

    /** The status it comes to, by the status it stands at. */
    Map<JobStatus, JobStatus> steps();

    /** What an attempt came to. It counts for that attempt alone: a write that is repeated must not undo what a later one did. */
    sealed interface OfAttempt extends Transition {

        /** Which attempt. */
        Attempt attempt();

        @Override
        default String jobId() {
            return attempt().jobId();
        }
    }

    /**
     * The upstream took the job under this id: it is polled from now on.
     *
     * @param firstPoll how long from now, see {@link FirstPoll}
     * @param earliestEnd before this age it hardly ends, if that is known
     */
    record Accepted(
            Attempt attempt,
            String taskId,
            Duration firstPoll,
            @Nullable Duration earliestEnd,
            JobEvent event) implements OfAttempt {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(SUBMITTING, QUEUED, UNCONFIRMED, QUEUED);
        }
    }

    /**
     * The upstream refused the job, so nothing was bought; one that had been given up as unconfirmed has failed by that.
     *
     * @param trouble why, where the job itself is not the cause
     */
    record Rejected(
            Attempt attempt, JobError error, @Nullable Trouble trouble, JobEvent event) implements OfAttempt {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(SUBMITTING, REJECTED, UNCONFIRMED, FAILED);
        }
    }

    /** The job provably never reached the upstream, so nothing was bought; why, unless the gateway itself is the cause. */
    record Unavailable(
            Attempt attempt, JobError error, @Nullable Trouble trouble, JobEvent event) implements OfAttempt {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(SUBMITTING, UNAVAILABLE, UNCONFIRMED, FAILED);
        }
    }

    /**
     * The job cannot be sent now, or its attempt bought nothing: it waits. One that had been given up as unconfirmed has failed by
     * that, since its body is not kept any more.
     *
     * @param closes whether the trouble is the upstream's, and others need not be sent into it
     * @param error what it would fail with
     */
    record Held(Attempt attempt, Trouble trouble, boolean closes, JobError error, HoldTerms terms, JobEvent event)
            implements OfAttempt {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(SUBMITTING, HELD, UNCONFIRMED, FAILED);
        }
    }

    /** It is the job's turn: its next attempt begins, to this account. */
    record Sent(String jobId, int account, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(HELD, SUBMITTING);
        }
    }

    /** The job waited as long as it may; nothing was bought. */
    record WaitedTooLong(String jobId, JobError error, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(HELD, REJECTED);
        }
    }

    /** Its app, or ops, called the job off while it waited; nothing was bought. */
    record Cancelled(String jobId, JobError error, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(HELD, CANCELLED);
        }
    }

    /** Nobody knows whether the upstream took the job; of one that is unconfirmed already, other words of why. */
    record Unconfirmed(Attempt attempt, JobError error, JobEvent event) implements OfAttempt {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(SUBMITTING, UNCONFIRMED, UNCONFIRMED, UNCONFIRMED);
        }
    }

    /** Whether the upstream took an unconfirmed job was not found out in time. */
    record GivenUp(Attempt attempt, JobError error, JobEvent event) implements OfAttempt {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(UNCONFIRMED, FAILED);
        }
    }

    /** Ops found that the upstream never took an unconfirmed job, so nothing was bought. */
    record Lost(String jobId, JobError error, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(UNCONFIRMED, FAILED);
        }
    }

    /** The upstream began to make the video. */
    record Started(String jobId, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(QUEUED, IN_PROGRESS);
        }
    }

    /** The video exists; {@code endedAt} is when by the upstream's own word, if it says. */
    record Succeeded(
            String jobId, VideoResult video, @Nullable Instant endedAt, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(QUEUED, SUCCEEDED, IN_PROGRESS, SUCCEEDED);
        }
    }

    /** There will be no video; it had come so far, in percent, and ended then by the upstream's own word, if it says. */
    record Failed(
            String jobId,
            int progress,
            JobError error,
            @Nullable Instant endedAt,
            JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(QUEUED, FAILED, IN_PROGRESS, FAILED);
        }
    }

    /** No end was seen in time; it had come so far, in percent. */
    record Expired(String jobId, int progress, JobError error, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(QUEUED, EXPIRED, IN_PROGRESS, EXPIRED);
        }
    }

    /** Ops found the task of this account that an unconfirmed or given-up job became: it is polled from now on. */
    record Attached(String jobId, String taskId, int account, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(UNCONFIRMED, QUEUED, EXPIRED, QUEUED, FAILED, QUEUED);
        }
    }

    /** Ops want a job polled again that expired or was given up, and whose task is known. */
    record Reopened(String jobId, JobEvent event) implements Transition {

        @Override
        public Map<JobStatus, JobStatus> steps() {
            return Map.of(EXPIRED, QUEUED, FAILED, QUEUED);
        }
    }

    /** What was left and what the job would have needed, in the upstream's own unit, as far as it said so. */
    record NoMoney(@Nullable BigDecimal remaining, @Nullable BigDecimal required) {}
}
