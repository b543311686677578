package io.reelgate.job;

import io.reelgate.text.StorableText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a job's timeline.
 *
 * @param at when it happened
 * @param kind an {@link EventKind}'s word
 * @param detail what else is known, such as {@code latency_ms}, {@code message}, {@code by}
 */
public record JobEvent(Instant at, String kind, Map<String, Object> detail) {

    /** An event without detail. */
    public static JobEvent of(EventKind kind, Instant at) {
        return new JobEvent(at, kind.word(), Map.of());
    }

    /** The same event with one more detail; {@code null} adds none. */
    public JobEvent with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new LinkedHashMap<>(detail);
        more.put(name, value instanceof String text ? StorableText.of(text) : value);
        return new JobEvent(at, kind, more);
    }
}
