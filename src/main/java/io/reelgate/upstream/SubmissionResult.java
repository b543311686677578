package io.reelgate.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What one submission came to, and the upstream's own id of the request.
 *
 * @param upstreamRequestId {@code X-Oneapi-Request-Id} of the answer: at most 128 printable characters without the key;
 *     {@code null} if no answer began, or if it gave none
 */
public record SubmissionResult(
        SubmissionOutcome outcome, @Nullable String upstreamRequestId) {}
