package io.reelgate.submission;

import org.jspecify.annotations.Nullable;

/**
 * One app's wish, ready to go upstream.
 *
 * @param idempotencyKey names this wish among all of the app, so that a repeat of it buys nothing
 * @param requestId the id of the HTTP request that brought it
 * @param admission run before a new job is put on record, and not for a repeat, which buys nothing; throws if there may be
 *     none
 * @param whenOver run exactly once, when nothing holds the body or its text any more: the outcome is on record, or nothing was sent
 */
public record Submission(
        String app,
        @Nullable String idempotencyKey,
        @Nullable String requestId,
        VideoRequest request,
        Runnable admission,
        Runnable whenOver) {}
