package io.reelgate.submission;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.upstream.OutcomeTimers;
import io.reelgate.upstream.SubmissionOutcome;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** {@code reelgate.submissions}: how submissions ended and how long the upstream took, by outcome. */
@Component
class SubmissionMetrics {

    private final OutcomeTimers<SubmissionOutcome> timers;

    SubmissionMetrics(MeterRegistry meters) {
        this.timers = new OutcomeTimers<>(meters, "reelgate.submissions", SubmissionOutcome.class);
    }

    void settled(SubmissionOutcome outcome, Duration latency) {
        timers.record(outcome, latency);
    }
}
