package io.reelgate.submission;

import org.jspecify.annotations.Nullable;

/**
 * One app's wish, ready to go upstream.
 *
 * @param idempotencyKey names this wish among all of the app, so that a repeat of it buys nothing
 * @param requestId the id of the HTTP request that brought it
 */
public record Submission(
        String app,
        @Nullable String idempotencyKey,
        @Nullable String requestId,
        VideoRequest request) {}
