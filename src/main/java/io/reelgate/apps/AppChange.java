package io.reelgate.apps;

import java.time.Instant;
import java.util.List;

/**
 * What somebody did to an app's settings.
 *
 * @param kind {@code registered}, {@code changed}, {@code removed} or {@code rotated}
 * @param detail a line for each setting that was another afterwards; may be empty
 */
public record AppChange(String kind, String detail, Instant changedAt, String changedBy) {

    /** The lines of the detail. */
    public List<String> lines() {
        return detail.lines().toList();
    }
}
