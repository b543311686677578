package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That an alert can count on every outcome. */
class OutcomeTimersTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutcomeTimers<SubmissionOutcome> timers =
            new OutcomeTimers<>(meters, "submissions", SubmissionOutcome.class);

    @Test
    void hasEachOutcomeBeforeItHappened() {
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("outcome"))
                .containsExactlyInAnyOrder(
                        "accepted",
                        "quota_exhausted",
                        "refused",
                        "throttled",
                        "key_refused",
                        "misrouted",
                        "not_sent",
                        "unconfirmed");
    }

    @Test
    void countsEachUnderItsOwn() {
        timers.record(new SubmissionOutcome.NotSent("refused"), Duration.ofMillis(1));

        assertThat(meters.get("submissions").tag("outcome", "not_sent").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("submissions").tag("outcome", "refused").timer().count())
                .isZero();
    }
}
