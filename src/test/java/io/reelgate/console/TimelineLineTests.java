package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineLineTests {

    private static final Instant NOON = Instant.parse("2026-07-31T12:00:00Z");

    @Test
    void saysHowLongAfterTheOneBeforeEachEventCame() {
        var lines = TimelineLine.of(List.of(
                JobEvent.of(EventKind.SUBMITTED, NOON),
                JobEvent.of(EventKind.ACCEPTED, NOON.plusSeconds(2)),
                JobEvent.of(EventKind.SUCCEEDED, NOON.plusSeconds(62))));

        assertThat(lines).extracting(TimelineLine::kind).containsExactly("submitted", "accepted", "succeeded");
        assertThat(lines)
                .extracting(TimelineLine::after)
                .containsExactly(null, Duration.ofSeconds(2), Duration.ofSeconds(60));
        assertThat(lines.getLast().at()).isEqualTo(NOON.plusSeconds(62));
    }

    @Test
    void tellsWordsPersonsAndNotesApartFromTheRest() {
        var event = JobEvent.of(EventKind.ATTACHED, NOON)
                .with("message", "its words")
                .with("by", "ops")
                .with("note", "seen on the bill")
                .with("latency_ms", 1_250)
                .with("http_status", 402)
                .with("code", "its_code");

        assertThat(TimelineLine.of(List.of(event)))
                .containsExactly(new TimelineLine(
                        "attached",
                        NOON,
                        null,
                        Duration.ofMillis(1_250),
                        "its words",
                        "ops",
                        "seen on the bill",
                        Map.of("http_status", "402", "code", "its_code")));
    }

    /** The record is JSON, and its numbers are of any type. */
    @Test
    void takesALatencyOfAnyNumberAndNoOther() {
        assertThat(latency(7L)).isEqualTo(Duration.ofMillis(7));
        assertThat(latency(7.9)).isEqualTo(Duration.ofMillis(7));
        assertThat(latency("7")).isNull();
    }

    @Test
    void hasNothingToSayOfABareEvent() {
        assertThat(TimelineLine.of(List.of(JobEvent.of(EventKind.STARTED, NOON))))
                .containsExactly(new TimelineLine("started", NOON, null, null, null, null, null, Map.of()));
    }

    private static @Nullable Duration latency(Object value) {
        var event = JobEvent.of(EventKind.ACCEPTED, NOON).with("latency_ms", value);
        return TimelineLine.of(List.of(event)).getFirst().latency();
    }
}
