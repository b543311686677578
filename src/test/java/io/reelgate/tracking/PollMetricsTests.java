package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.job.JobError;
import io.reelgate.job.VideoResult;
import io.reelgate.job.store.PollTicket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How late an end is found, where the upstream says when it was. */
class PollMetricsTests {

    private static final Instant NOW = Instant.parse("2026-07-24T12:00:00Z");
    private static final PollTicket TICKET =
            new PollTicket("task_1", "up1", "model", NOW, UUID.randomUUID(), 0, 0, 0, false, 0, null, null);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PollMetrics metrics = new PollMetrics(meters, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Timer lag = meters.get("reelgate.detection.lag").timer();

    @Test
    void notesHowLateAnEndCameOnRecord() {
        metrics.recorded(success(NOW.minusSeconds(4)));
        metrics.recorded(new PollDecision.Fail(TICKET, new JobError("a", "b"), NOW.minusSeconds(6)));

        assertThat(lag.count()).isEqualTo(2);
        assertThat(lag.totalTime(TimeUnit.SECONDS)).isEqualTo(10);
    }

    @Test
    void notesNothingWhereNothingEndedOrNobodySaysWhen() {
        metrics.recorded(success(null));
        metrics.recorded(new PollDecision.Wait(TICKET, Duration.ofSeconds(5)));
        metrics.recorded(new PollDecision.Expire(TICKET, new JobError("expired", "late")));

        assertThat(lag.count()).isZero();
    }

    @Test
    void takesAClockAheadOfOursForNoLag() {
        metrics.recorded(success(NOW.plusSeconds(3)));

        assertThat(lag.count()).isEqualTo(1);
        assertThat(lag.totalTime(TimeUnit.SECONDS)).isZero();
    }

    private static PollDecision success(@Nullable Instant since) {
        return new PollDecision.Succeed(
                TICKET, new VideoResult("https://cdn.example.com/a.mp4", null, null, null), since);
    }
}
