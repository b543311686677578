package io.reelgate.job.query;

import org.jspecify.annotations.Nullable;

/**
 * A job in a list for people, who tell it by its prompt.
 *
 * @param prompt its beginning, with an ellipsis where it was cut; whole in an export
 * @param seconds the length that was asked for, in the app's words
 * @param size the size that was asked for, in the app's words
 */
public record JobListing(
        JobView job,
        String prompt,
        @Nullable String seconds,
        @Nullable String size) {}
