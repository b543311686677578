package io.reelgate.delivery.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as ops see it.
 *
 * @param url with its query masked, which may hold a secret
 * @param attempts tries since it was written, or since it was last sent again by hand
 * @param lastStatus what the receiver answered last, if it ever did
 * @param lastError why the last try was none that counts
 * @param lastAnswer the beginning of what the receiver said, escaped; for ops alone
 * @param nextTryAt null unless it waits
 */
public record Delivery(
        String id,
        String app,
        String jobId,
        String url,
        String type,
        DeliveryState state,
        int attempts,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        @Nullable String lastAnswer,
        @Nullable Instant nextTryAt,
        Instant createdAt,
        @Nullable Instant deliveredAt) {}
