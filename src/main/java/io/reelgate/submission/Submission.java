package io.reelgate.submission;

import io.reelgate.job.Webhook;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One app's wish, ready to go upstream.
 *
 * @param idempotencyKey names this wish among all of the app, so that a repeat of it buys nothing
 * @param requestId the id of the HTTP request that brought it
 * @param webhook where the app wants to be told of the job's end, if it does
 * @param hold how long the job may wait where it cannot be sent; zero: it is refused then
 */
public record Submission(
        String app,
        @Nullable String idempotencyKey,
        @Nullable String requestId,
        VideoRequest request,
        @Nullable Webhook webhook,
        Duration hold) {

    /** One that may not wait, and whose app wants to be told of nothing. */
    public Submission(String app, @Nullable String idempotencyKey, @Nullable String requestId, VideoRequest request) {
        this(app, idempotencyKey, requestId, request, null, Duration.ZERO);
    }

    /** The same as it is when its request is answered within this. */
    Submission answeredWithin(Duration within) {
        return webhook == null
                ? this
                : new Submission(app, idempotencyKey, requestId, request, webhook.answeredWithin(within), hold);
    }
}
