package io.reelgate.submission;

import io.reelgate.billing.VideoSpec;
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
 * @param film what it says of the film that decides how much that costs
 */
public record VideoRequest(
        String model,
        String prompt,
        @Nullable String seconds,
        @Nullable String size,
        byte[] body,
        String recorded,
        VideoSpec film) {

    /** One that says nothing of its film but a length and a size. */
    public VideoRequest(
            String model,
            String prompt,
            @Nullable String seconds,
            @Nullable String size,
            byte[] body,
            String recorded) {
        this(model, prompt, seconds, size, body, recorded, new VideoSpec(seconds, size));
    }
}
