package io.reelgate.tracking;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.upstream.PollOutcome;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code reelgate.polls}: how polls were answered and how long the upstream took, by outcome. */
@Component
class PollMetrics {

    private final MeterRegistry meters;

    PollMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void polled(PollOutcome outcome, Duration latency) {
        meters.timer(
                        "reelgate.polls",
                        "outcome",
                        outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .record(latency);
    }
}
