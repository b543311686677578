package io.reelgate.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.MutableClock;
import io.reelgate.security.HeldSleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailedLoginsTests {

    private final MutableClock clock = new MutableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HeldSleeper sleeper = new HeldSleeper();
    private final FailedLogins failures = new FailedLogins(meters, clock, sleeper);
    private final List<Thread> callers = new ArrayList<>();

    @AfterEach
    void letEverybodyGo() throws InterruptedException {
        sleeper.letGo();
        for (var caller : callers) {
            caller.join();
        }
    }

    @Test
    void holdsEachAnswerBackForASecond() {
        var slept = new ArrayList<Duration>();
        var failures = new FailedLogins(meters, clock, slept::add);

        failures.hold("10.0.0.1");
        failures.hold("10.0.0.1");

        assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(failed("held")).isEqualTo(2);
    }

    @Test
    void holdsAFewOfOneNetworkAndTurnsTheOthersAwayAtOnce() {
        for (int i = 1; i <= FailedLogins.MOST_OF_ONE; i++) {
            fail("2001:db8::" + i, i);
        }

        assertThatExceptionOfType(TooManyLoginAttempts.class)
                .isThrownBy(() -> failures.hold("2001:db8::9"))
                .satisfies(tooMany -> assertThat(tooMany.retryAfterSeconds()).isEqualTo(1));
        assertThat(failed("turned_away")).isEqualTo(1);

        fail("2001:db8:0:1::9", FailedLogins.MOST_OF_ONE + 1);
    }

    @Test
    void holdsABoundedNumberInAll() {
        for (int i = 1; i <= FailedLogins.MOST_HELD; i++) {
            fail("10.0.0." + i, i);
        }

        assertThatExceptionOfType(TooManyLoginAttempts.class).isThrownBy(() -> failures.hold("10.1.0.1"));
    }

    @Test
    void holdsAgainWhenTheFirstHaveGone() throws InterruptedException {
        fail("10.0.0.1", 1);
        letEverybodyGo();

        for (int i = 0; i < 100; i++) {
            failures.hold("10.0.0.1");
        }

        assertThat(failed("held")).isEqualTo(101);
        assertThat(failed("turned_away")).isZero();
    }

    @Test
    void writesALineEachTenSecondsAtMost(CapturedOutput output) {
        for (int i = 0; i < 500; i++) {
            failures.hold("10.0.0.1");
        }
        assertThat(lines(output)).containsExactly("Failed ops login from 10.0.0.1; 1 since the last such line");

        clock.advance(Duration.ofSeconds(11));
        failures.turnedAway("10.0.0.2");
        assertThat(lines(output)).last().isEqualTo("Failed ops login from 10.0.0.2; 500 since the last such line");
    }

    private static List<String> lines(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains("Failed ops login"))
                .map(line -> line.substring(line.indexOf("Failed ops login")))
                .toList();
    }

    /** On a thread of its own, which is asleep with so many others when this returns. */
    private void fail(String address, int asleep) {
        sleeper.hold();
        callers.add(Thread.startVirtualThread(() -> failures.hold(address)));
        await().until(() -> sleeper.asleep() == asleep);
    }

    private double failed(String answer) {
        return meters.get("reelgate.logins.failed")
                .tag("answer", answer)
                .counter()
                .count();
    }
}
