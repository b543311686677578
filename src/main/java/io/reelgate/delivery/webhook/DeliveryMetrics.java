package io.reelgate.delivery.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reelgate.delivery.webhook.Attempt.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What became of tries, and how many deliveries were given up; all of it there from the start. */
@Component
class DeliveryMetrics {

    private final Map<Outcome, Timer> tries = new EnumMap<>(Outcome.class);
    private final Counter failed;

    DeliveryMetrics(MeterRegistry meters) {
        for (var outcome : Outcome.values()) {
            tries.put(
                    outcome,
                    Timer.builder("reelgate.deliveries")
                            .description("Tries to deliver a webhook, and how long the receivers took")
                            .tag("outcome", outcome.word())
                            .register(meters));
        }
        failed = Counter.builder("reelgate.deliveries.failed")
                .description("Webhooks that are not tried any more, and did not arrive")
                .register(meters);
    }

    void tried(Outcome outcome, Duration took) {
        var timer = tries.get(outcome);
        if (timer != null) {
            timer.record(took);
        }
    }

    void failed() {
        failed.increment();
    }
}
