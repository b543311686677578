package io.reelgate.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a finished video is and what it cost.
 *
 * @param url http(s) link, or {@code null}: then the upstream streams it by task id
 * @param urlExpiresAt when the link dies, or {@code null} if it does not say
 * @param completionTokens tokens billed for the video, if the upstream said
 * @param totalTokens tokens billed in all, if the upstream said
 */
public record VideoResult(
        @Nullable String url,
        @Nullable Instant urlExpiresAt,
        @Nullable Long completionTokens,
        @Nullable Long totalTokens) {}
