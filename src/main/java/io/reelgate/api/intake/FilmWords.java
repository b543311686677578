package io.reelgate.api.intake;

import io.reelgate.billing.VideoSpec;
import org.jspecify.annotations.Nullable;

/** Gathers what a body says of its film that decides how much that costs. */
final class FilmWords {

    /** Longer than any word that is known, in bytes. */
    static final int LONGEST = 20;

    private static final String RESOLUTION = "resolution";
    private static final String RATIO = "ratio";
    private static final String CONTENT = "content";
    private static final String VIDEO = "video_url";

    /** How deep a member of an element of {@code metadata.content} is. */
    private static final int ELEMENT = 3;

    private @Nullable String resolution;
    private @Nullable String ratio;
    private @Nullable String duration;
    private boolean inContent;
    private boolean video;

    void duration(String words) {
        duration = words;
    }

    /** A member of {@code metadata} begins, so deep in it. */
    void member(int depth, String name) {
        if (depth == 1) {
            inContent = name.equals(CONTENT);
        } else if (depth == ELEMENT && inContent && name.equals(VIDEO)) {
            video = true;
        }
    }

    /** Whether the text of this member of {@code metadata} matters. */
    boolean wants(@Nullable String name) {
        return RESOLUTION.equals(name) || RATIO.equals(name);
    }

    void word(@Nullable String name, String word) {
        if (RESOLUTION.equals(name)) {
            resolution = word;
        } else if (RATIO.equals(name)) {
            ratio = word;
        }
    }

    VideoSpec spec(@Nullable String seconds, @Nullable String size) {
        return new VideoSpec(resolution, ratio, seconds, duration, size, video);
    }
}
