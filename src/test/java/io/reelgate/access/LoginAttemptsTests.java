package io.reelgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginAttemptsTests {

    private final TurnedClock clock = new TurnedClock();
    private final LoginAttempts attempts = new LoginAttempts(clock);

    @Test
    void letsFiveFailuresPass() {
        fail("10.0.0.1", 4);
        assertThat(attempts.waitOf("10.0.0.1")).isZero();

        fail("10.0.0.1", 1);
        assertThat(attempts.waitOf("10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void doublesTheWaitUpToAMinute() {
        fail("10.0.0.1", 5);
        for (var seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            clock.turn(attempts.waitOf("10.0.0.1"));
            assertThat(attempts.waitOf("10.0.0.1")).isZero();
            fail("10.0.0.1", 1);
            assertThat(attempts.waitOf("10.0.0.1")).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void forgivesAfterASuccessAndAfterAQuarterOfAnHour() {
        fail("10.0.0.1", 5);
        attempts.succeeded("10.0.0.1");
        fail("10.0.0.1", 4);
        assertThat(attempts.waitOf("10.0.0.1")).isZero();

        clock.turn(Duration.ofMinutes(16));
        fail("10.0.0.1", 4);
        assertThat(attempts.waitOf("10.0.0.1")).isZero();
    }

    @Test
    void countsEachAddressForItself() {
        fail("10.0.0.1", 5);
        assertThat(attempts.waitOf("10.0.0.2")).isZero();
    }

    @Test
    void countsTheAddressesOfOneIpv6NetworkTogether() {
        for (var i = 1; i <= 5; i++) {
            fail("2001:db8::" + i, 1);
        }
        assertThat(attempts.waitOf("2001:db8::6")).isPositive();
        assertThat(attempts.waitOf("2001:db8:0:1::6")).isZero();
    }

    @Test
    void forgetsTheLongestUnheardBeyondItsBound() {
        fail("10.0.0.1", 5);
        for (var i = 0; i < 9_999; i++) {
            fail("10.1." + i / 256 + "." + i % 256, 1);
        }
        assertThat(attempts.waitOf("10.0.0.1")).isPositive();
        for (var i = 0; i < 10_000; i++) {
            fail("10.3." + i / 256 + "." + i % 256, 1);
        }
        assertThat(attempts.waitOf("10.0.0.1")).isZero();
    }

    private void fail(String address, int times) {
        for (var i = 0; i < times; i++) {
            attempts.failed(address);
        }
    }
}
