package io.reelgate.submission;

import org.jspecify.annotations.Nullable;

/**
 * A checked request for a video.
 *
 * @param model the model asked for
 * @param prompt the prompt
 * @param seconds the length asked for, in the app's words
 * @param size the size asked for, in the app's words
 * @param body what goes upstream, UTF-8 JSON; not to be changed any more
 * @param recorded the body as the record keeps it: inline media elided
 */
public record VideoRequest(
        String model,
        String prompt,
        @Nullable String seconds,
        @Nullable String size,
        byte[] body,
        String recorded) {}
