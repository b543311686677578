package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.MutableClock;
import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Denied.Cause;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.UpstreamHealth.Kind;
import io.reelgate.upstream.UpstreamHealth.Trouble;
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

    private static final UpstreamError NO_ROUTE = new UpstreamError(404, null, "no such page");

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
        health.submitted(new KeyRefused(BAD_KEY));
        clock.advance(Duration.ofMinutes(10));
        health.submitted(new KeyRefused(BAD_KEY));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(health.trouble()).hasValue(new Trouble(Kind.KEY_REFUSED, since, clock.instant(), BAD_KEY.oneLine()));
        assertThat(indicator.health().getDetails().get("trouble")).asString().contains("refused the key", "无效的令牌");

        health.submitted(new Accepted("task_1"));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.trouble()).isEmpty();
    }

    /** There may be one for each poll of hours. */
    @Test
    void saysAtMostOnceAMinuteThatAnswersAreMixedUpAndHowManyWere(CapturedOutput log) {
        var since = clock.instant();
        for (int second = 0; second < 150; second++) {
            health.mixedUp("task_asked", "task_told" + second);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(log.getAll().lines().filter(line -> line.contains("about another task")))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("WARN", "60 answers", "task_asked", "task_told60"));
        assertThat(health.mixUps()).isEqualTo(150);
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Kind.MIXED_UP);
            assertThat(trouble.since()).isEqualTo(since);
            assertThat(trouble.words()).contains("task_asked", "task_told149");
        });

        clock.advance(UpstreamHealth.RECENT);
        assertThat(health.trouble()).isEmpty();
    }

    @Test
    void believesTheLatestAnswerThatTellsAboutTheKey() {
        health.polled(new Denied(BAD_KEY, Cause.KEY));
        assertThat(status()).isEqualTo(Status.DOWN);

        health.polled(new Unanswered("HTTP 502", null));
        health.submitted(new Refused(413, new UpstreamError(413, null, "nginx")));
        assertThat(status()).isEqualTo(Status.DOWN);

        health.submitted(new QuotaExhausted(NO_MONEY));
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isUpButSaysSoWhenOnlyPollsAreDenied() {
        health.polled(new Denied(NO_MONEY, Cause.BALANCE));

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(indicator.health().getDetails()).containsEntry("deniedPolls", NO_MONEY.oneLine());
        assertThat(health.trouble()).isPresent();

        health.polled(new Missing("HTTP 404"));
        assertThat(health.trouble()).isEmpty();
    }

    /** "该令牌额度已用尽" comes with a 401 and speaks of the token: what is wanted is money. */
    @Test
    void blamesNoKeyForTheBalance() {
        health.keyRefused(BAD_KEY);

        health.polled(new Denied(new UpstreamError(401, null, "该令牌额度已用尽"), Cause.BALANCE));

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(Kind.POLLS_DENIED));
    }

    @Test
    void blamesNeitherKeyNorAddressForAProvidersRefusal() {
        var passedOn = new UpstreamError(404, "fail_to_fetch_task", "Not activated (ModelNotOpen)");
        health.submitted(new Refused(400, passedOn));
        health.polled(new Denied(new UpstreamError(401, "fail_to_fetch_task", "bad key"), Cause.SOMETHING_ELSE));

        assertThat(status()).isEqualTo(Status.UP);

        health.submitted(new Misrouted(NO_ROUTE));
        health.submitted(new Refused(400, passedOn));
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isUpWhenOnlyTheBalanceIsGone() {
        health.submitted(new QuotaExhausted(NO_MONEY));

        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileTheUpstreamWasOutOfReachLately() {
        health.unreachable("refused");
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(health.trouble())
                .hasValue(new Trouble(Kind.OUT_OF_REACH, clock.instant(), clock.instant(), "refused"));

        clock.advance(UpstreamHealth.RECENT);
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(health.trouble()).isEmpty();

        health.unreachable("refused");
        health.answered();
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileSubmissionsWereMisroutedLately() {
        var since = clock.instant();
        health.submitted(new Misrouted(NO_ROUTE));
        health.polled(new Unanswered("HTTP 404", null));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(health.trouble()).hasValue(new Trouble(Kind.MISROUTED, since, since, NO_ROUTE.oneLine()));
        assertThat(indicator.health().getDetails().get("trouble")).asString().contains("base-url");

        health.submitted(new Accepted("task_1"));
        assertThat(status()).isEqualTo(Status.UP);

        health.submitted(new Misrouted(NO_ROUTE));
        clock.advance(UpstreamHealth.RECENT);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void blamesTheKeyOnceTheAddressIsRight() {
        health.submitted(new Misrouted(NO_ROUTE));
        health.submitted(new KeyRefused(BAD_KEY));
        health.submitted(new Accepted("task_1"));

        assertThat(health.trouble()).isEmpty();
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
