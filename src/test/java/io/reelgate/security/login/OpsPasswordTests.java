package io.reelgate.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.security.HeldSleeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class OpsPasswordTests {

    private final HeldSleeper sleeper = new HeldSleeper();

    @Test
    void matchesAPlainPassword() {
        assertThat(of("s3cret").matches("s3cret", "a")).isTrue();
        assertThat(of("s3cret").matches("S3cret", "a")).isFalse();
        assertThat(of("{noop}s3cret").matches("s3cret", "a")).isTrue();
        assertThat(of("{odd}s3cret").matches("{odd}s3cret", "a")).isTrue();
    }

    @Test
    void matchesABcryptHashEachTime() {
        var password = of("{bcrypt}" + new BCryptPasswordEncoder(4).encode("s3cret"));

        assertThat(password.matches("wrong", "a")).isFalse();
        assertThat(password.matches("s3cret", "a")).isTrue();
        assertThat(password.matches("s3cret", "a")).isTrue();
        assertThat(password.matches("wrong", "a")).isFalse();
    }

    @Test
    void makesAndLogsAPasswordIfNoneIsGiven(CapturedOutput output) {
        var password = of("");

        var logged = output.getOut()
                .lines()
                .filter(line -> line.startsWith("Generated password of ops: "))
                .map(line -> line.substring("Generated password of ops: ".length()))
                .toList();
        assertThat(logged).hasSize(1);
        assertThat(password.matches(logged.getFirst(), "a")).isTrue();
        assertThat(password.matches("", "a")).isFalse();
    }

    /** A word of the dictionary is found at any speed. */
    @Test
    void warnsOfAShortPassword(CapturedOutput output) {
        of("elevenchars");
        assertThat(output.getOut())
                .containsOnlyOnce("has fewer than 12 characters")
                .doesNotContain("elevenchars");

        of("{noop}elevenchars");
        of("twelve-chars");
        of("{bcrypt}" + new BCryptPasswordEncoder(4).encode("short"));
        of("");
        assertThat(output.getOut().split("has fewer than 12 characters", -1)).hasSize(3);
    }

    /** Once it has been seen, the right one waits for nobody's bcrypt. */
    @Test
    void letsTheRightOnePassWhileWrongOnesWaitForBcrypt() throws InterruptedException {
        var password = of("{bcrypt}" + new BCryptPasswordEncoder(4).encode("s3cret"));
        assertThat(password.matches("s3cret", "a")).isTrue();

        sleeper.hold();
        var guess = Thread.startVirtualThread(() -> password.matches("wrong", "a"));
        await().until(() -> sleeper.asleep() == 1);

        assertThatExceptionOfType(TooManyLoginAttempts.class).isThrownBy(() -> password.matches("other", "a"));
        assertThat(password.matches("s3cret", "a")).isTrue();
        sleeper.letGo();
        guess.join();
    }

    private OpsPassword of(String configured) {
        return OpsPassword.of(configured, new BcryptTurns(sleeper));
    }
}
