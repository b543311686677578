package io.reelgate.tracking;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reelgate.upstream.OutcomeTimers;
import io.reelgate.upstream.PollOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/**
 * {@code reelgate.polls}: how polls were answered and how long the upstream took, by outcome; and
 * {@code reelgate.detection.lag}: how long after its end at the upstream a job's end was on record.
 */
@Component
class PollMetrics {

    private static final Duration[] BUCKETS = LongStream.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final OutcomeTimers<PollOutcome> polls;
    private final Clock clock;
    private final Timer lag;

    PollMetrics(MeterRegistry meters, Clock clock) {
        this.polls = new OutcomeTimers<>(meters, "reelgate.polls", PollOutcome.class);
        this.clock = clock;
        this.lag = Timer.builder("reelgate.detection.lag")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    void polled(PollOutcome outcome, Duration latency) {
        polls.record(outcome, latency);
    }

    /** Notes how late this decision came on record, if it tells of an end and the upstream said when that was. */
    void recorded(PollDecision decision) {
        var ended = switch (decision) {
            case PollDecision.Succeed(var _, var _, var since) -> since;
            case PollDecision.Fail(var _, var _, var since) -> since;
            case PollDecision.Start _, PollDecision.Wait _, PollDecision.Expire _ -> null;
        };
        if (ended != null) {
            // The upstream's clock may be ahead of ours; a lag below nothing is none.
            lag.record(max(Duration.ZERO, Duration.between(ended, clock.instant())));
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
