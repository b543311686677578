package io.reelgate.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job about to be put on record.
 *
 * @param id see {@link JobId}
 * @param app who asks
 * @param prompt the prompt as text that can be stored, cut at 100,000 characters
 * @param request the body as it came, inline media elided
 * @param requestId the id of the HTTP request that brought it
 * @param seconds the length asked for, in the app's words
 * @param size the size asked for, in the app's words
 * @param createdAt the instant that {@code id} was made from
 * @param account the id of the account it is to be sent to
 * @param webhook where its app wants to be told of its end, if it does
 * @param estimate what it is expected to cost, if anybody reckoned
 */
public record NewJob(
        String id,
        String app,
        String model,
        String prompt,
        String request,
        @Nullable String requestId,
        @Nullable String seconds,
        @Nullable String size,
        Instant createdAt,
        int account,
        @Nullable Webhook webhook,
        @Nullable Estimate estimate) {

    /** A job whose app wants to be told of nothing. */
    public NewJob(
            String id,
            String app,
            String model,
            String prompt,
            String request,
            @Nullable String requestId,
            @Nullable String seconds,
            @Nullable String size,
            Instant createdAt,
            int account) {
        this(id, app, model, prompt, request, requestId, seconds, size, createdAt, account, null, null);
    }

    /** The first attempt, which begins with the job: no job is born waiting. */
    public Attempt attempt() {
        return new Attempt(id, 1, account, createdAt);
    }
}
