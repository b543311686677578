package io.reelgate.console;

import io.reelgate.job.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of a job's timeline as the page shows it.
 *
 * @param after how long after the event before it; {@code null} for the first
 * @param latency how long the upstream took to answer, if it was asked
 * @param said the upstream's words
 * @param more what else is known, by name
 */
record TimelineLine(
        String kind,
        Instant at,
        @Nullable Duration after,
        @Nullable Duration latency,
        @Nullable String said,
        @Nullable String by,
        @Nullable String note,
        Map<String, String> more) {

    static List<TimelineLine> of(List<JobEvent> timeline) {
        var lines = new ArrayList<TimelineLine>();
        Instant before = null;
        for (var event : timeline) {
            lines.add(line(event, before));
            before = event.at();
        }
        return lines;
    }

    private static TimelineLine line(JobEvent event, @Nullable Instant before) {
        var more = new LinkedHashMap<String, String>();
        event.detail().forEach((name, value) -> more.put(name, String.valueOf(value)));
        more.remove("latency_ms");
        var latency = event.detail().get("latency_ms") instanceof Number ms ? Duration.ofMillis(ms.longValue()) : null;
        return new TimelineLine(
                event.kind(),
                event.at(),
                before == null ? null : Duration.between(before, event.at()),
                latency,
                more.remove("message"),
                more.remove("by"),
                more.remove("note"),
                more);
    }
}
