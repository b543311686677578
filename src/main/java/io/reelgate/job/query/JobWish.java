package io.reelgate.job.query;

import org.jspecify.annotations.Nullable;

/**
 * What the app of a job asked for, in its own words.
 *
 * @param prompt its beginning, with an ellipsis where it was cut
 */
public record JobWish(
        String prompt, @Nullable String seconds, @Nullable String size) {

    /** Characters of a prompt that an answer shows. */
    static final int SHOWN = 4_000;

    private static final int LONGEST_FIELD = 100;

    /** The same as an answer shows it, however long the texts are. */
    public static JobWish of(String prompt, @Nullable String seconds, @Nullable String size) {
        return new JobWish(cut(prompt, SHOWN, "…"), field(seconds), field(size));
    }

    private static @Nullable String field(@Nullable String text) {
        return text == null ? null : cut(text, LONGEST_FIELD, "");
    }

    private static String cut(String text, int most, String mark) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + mark;
    }
}
