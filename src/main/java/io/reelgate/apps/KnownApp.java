package io.reelgate.apps;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that ops registered, or of which a job was accepted, or both.
 *
 * @param registered what ops said of it
 * @param firstSeenAt when the first job of it was accepted that is remembered
 * @param lastSeenAt when the latest was, as of some seconds ago
 */
public record KnownApp(
        String name,
        @Nullable RegisteredApp registered,
        @Nullable Instant firstSeenAt,
        @Nullable Instant lastSeenAt) {}
