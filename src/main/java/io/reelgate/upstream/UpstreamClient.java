package io.reelgate.upstream;

import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * The upstream, with the key. A call ends in an outcome whatever the upstream or the network does; none throws for that.
 * Calls block and are meant for virtual threads, but for {@link #poll}: it is the one that is always under way, hundreds of
 * times at once, and holds no thread while it waits.
 */
public interface UpstreamClient {

    /**
     * Posts this JSON, byte for byte, as one video job. At most one request with a body leaves, ever: only tries that
     * provably sent nothing are repeated. Ends within {@link #longestCall()} of the instant, by the clock on the wall, at
     * which the intent was made: if the gateway stood still and others may have given the job up, nothing leaves any more.
     */
    SubmissionResult submit(byte[] body, Instant intended);

    /**
     * Asks how the task stands, once for each subscription; ends within {@code reelgate.upstream.poll-timeout}, and always
     * with an outcome. That may come on a thread of the network or on the one of all time-outs, which must not be made to
     * wait.
     */
    Mono<PollOutcome> poll(String taskId);

    /**
     * Opens the task's film, or a part of it, at the content path; a {@link VideoContent.Stream} must be closed. An upstream that knows
     * no parts gives the whole.
     */
    VideoContent film(String taskId, RangeRequest wanted);

    /** No {@link #submit} ends later than this after its intent, tries, upload and waiting together. */
    Duration longestCall();
}
