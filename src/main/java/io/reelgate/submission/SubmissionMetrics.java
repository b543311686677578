package io.reelgate.submission;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** {@code reelgate.submissions}: how submissions ended and how long the upstream took, by outcome. */
@Component
class SubmissionMetrics {

    private final MeterRegistry meters;
    private final Map<Class<?>, Timer> timers = new ConcurrentHashMap<>();

    SubmissionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void settled(SubmissionAnswer.Settled settled, Duration latency) {
        timers.computeIfAbsent(settled.outcome().getClass(), this::timer).record(latency);
    }

    private Timer timer(Class<?> outcome) {
        return meters.timer("reelgate.submissions", "outcome", word(outcome));
    }

    /** The outcome's name as a label: {@code quota_exhausted}. */
    private static String word(Class<?> outcome) {
        return outcome.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
