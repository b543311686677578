package io.reelgate.job.store;

import io.reelgate.lease.Lease;
import io.reelgate.text.StorableText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to poll one job until the lease ends, and what earlier polls left to remember.
 *
 * @param trackedSince when the job was accepted, attached or reopened: its age counts from here
 * @param leaseToken names this claim; a write-back with another one changes nothing
 * @param failures polls in a row that told nothing
 * @param misses answered polls in a row that did not know the task
 * @param withoutUrl polls that saw success without a link
 * @param running whether the record already says {@code in_progress}
 * @param progress percent, as last seen
 * @param lastReason why the last poll told nothing, at most {@value #LONGEST_REASON} characters; {@code null} if it did
 * @param earliest before this age hardly a job of its kind had ended, as far as was known; {@code null} if nothing was
 */
public record PollTicket(
        String jobId,
        String upstreamTaskId,
        String model,
        Instant trackedSince,
        UUID leaseToken,
        int failures,
        int misses,
        int withoutUrl,
        boolean running,
        int progress,
        @Nullable String lastReason,
        @Nullable Duration earliest) {

    static final int LONGEST_REASON = 300;

    /**
     * A ticket to be put back: polled again after {@code delay}, with what this poll leaves to remember.
     *
     * @param delay from the write-back, by the database's clock
     */
    public record Move(PollTicket ticket, Duration delay) {}

    /** The claim that this ticket was read by. */
    public Lease lease() {
        return new Lease(jobId, leaseToken);
    }

    /** The same ticket after a poll that told nothing, for this reason. */
    public PollTicket unanswered(String reason) {
        var kept = StorableText.of(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        return after(failures + 1, misses, withoutUrl, running, progress, kept);
    }

    /** The same ticket after a poll that was answered, but did not know the task. */
    public PollTicket missed() {
        return after(0, misses + 1, withoutUrl, running, progress, null);
    }

    /** The same ticket after a poll that saw the task; neither its progress nor its having begun is ever taken back. */
    public PollTicket seen(boolean nowRunning, int nowProgress) {
        return after(0, 0, withoutUrl, running || nowRunning, Math.max(progress, nowProgress), null);
    }

    /** The same ticket after a poll that saw success, but no link to the video. */
    public PollTicket seenWithoutUrl() {
        return after(0, 0, withoutUrl + 1, running, progress, null);
    }

    private PollTicket after(
            int nowFailures,
            int nowMisses,
            int nowWithoutUrl,
            boolean nowRunning,
            int nowProgress,
            @Nullable String why) {
        return new PollTicket(
                jobId,
                upstreamTaskId,
                model,
                trackedSince,
                leaseToken,
                nowFailures,
                nowMisses,
                nowWithoutUrl,
                nowRunning,
                nowProgress,
                why,
                earliest);
    }
}
