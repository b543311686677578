package io.reelgate.upstream;

import java.time.Duration;

/**
 * The upstream, with the key. Every call blocks, is meant for virtual threads, and returns an outcome whatever the
 * upstream or the network does; none throws for that.
 */
public interface UpstreamClient {

    /**
     * Posts this JSON, byte for byte, as one video job. At most one request with a body leaves, ever: only tries that
     * provably sent nothing are repeated. Ends within {@link #longestCall()}.
     */
    SubmissionOutcome submit(byte[] body);

    /** Asks once how the task stands; ends within {@code reelgate.upstream.poll-timeout}. */
    PollOutcome poll(String taskId);

    /** Opens the task's film at the content path; a {@link Film.Stream} must be closed. */
    Film film(String taskId);

    /** No {@link #submit} takes longer, tries, upload and waiting together. */
    Duration longestCall();
}
