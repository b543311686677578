package io.reelgate.submission;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code reelgate.submissions}: how submissions ended and how long the upstream took, by outcome. */
@Component
class SubmissionMetrics {

    private final MeterRegistry meters;

    SubmissionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void settled(SubmissionAnswer.Settled settled, Duration latency) {
        meters.timer("reelgate.submissions", "outcome", word(settled.outcome())).record(latency);
    }

    /** The outcome's name as a label: {@code quota_exhausted}. */
    private static String word(Object outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
