package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** When the component {@code upstream} is down, and what it says. */
@ExtendWith(OutputCaptureExtension.class)
class UpstreamHealthTests {

    private static final UpstreamError BAD_KEY = new UpstreamError(401, null, "无效的令牌");
    private static final UpstreamError NO_MONEY = new UpstreamError(402, "insufficient_quota", "Insufficient balance");

    private final MutableClock clock = new MutableClock();
    private final UpstreamHealth health = new UpstreamHealth(clock);
    private final UpstreamHealthIndicator indicator = new UpstreamHealthIndicator(health);

    @Test
    void isUpBeforeAnythingWasLearned() {
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.trouble()).isEmpty();
    }

    @Test
    void isDownWhileTheKeyIsRefused() {
        var since = clock.instant();
        health.submitted(401, new KeyRefused(BAD_KEY));
        clock.advance(Duration.ofMinutes(10));
        health.submitted(401, new KeyRefused(BAD_KEY));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(health.keyRefusedSince()).hasValue(since);
        assertThat(health.trouble())
                .hasValueSatisfying(words -> assertThat(words).contains("key", "无效的令牌"));

        health.submitted(200, new Accepted("task_1"));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.keyRefusedSince()).isEmpty();
    }

    @Test
    void believesTheLatestAnswerThatTellsAboutTheKey() {
        health.polled(new Denied(BAD_KEY));
        assertThat(status()).isEqualTo(Status.DOWN);

        health.polled(new Unanswered("HTTP 502", null));
        health.submitted(413, new Refused(413, new UpstreamError(413, null, "nginx")));
        assertThat(status()).isEqualTo(Status.DOWN);

        health.submitted(402, new QuotaExhausted(NO_MONEY));
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isUpButSaysSoWhenOnlyPollsAreDenied() {
        health.polled(new Denied(NO_MONEY));

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(indicator.health().getDetails()).containsEntry("deniedPolls", NO_MONEY.oneLine());
        assertThat(health.trouble()).isPresent();

        health.polled(new Missing("HTTP 404"));
        assertThat(health.trouble()).isEmpty();
    }

    @Test
    void isUpWhenOnlyTheBalanceIsGone() {
        health.submitted(402, new QuotaExhausted(NO_MONEY));

        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileTheUpstreamWasOutOfReachLately() {
        health.unreachable("refused");
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(health.trouble())
                .hasValueSatisfying(words -> assertThat(words).contains("out of reach", "refused"));

        clock.advance(UpstreamHealth.LATELY);
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.trouble()).isEmpty();

        health.unreachable("refused");
        health.answered();
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void logsARefusedKeyOnceAMinuteAtMost(CapturedOutput output) {
        for (var second = 0; second < 121; second++) {
            health.keyRefused(BAD_KEY);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(Stream.of(output.getAll().split("\n")).filter(line -> line.contains("refuses the key")))
                .hasSize(3);
    }

    private Status status() {
        return indicator.health().getStatus();
    }
}
