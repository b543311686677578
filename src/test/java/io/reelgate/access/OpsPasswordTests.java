package io.reelgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class OpsPasswordTests {

    @Test
    void matchesAPlainPassword() {
        assertThat(OpsPassword.of("s3cret").matches("s3cret")).isTrue();
        assertThat(OpsPassword.of("s3cret").matches("S3cret")).isFalse();
        assertThat(OpsPassword.of("{noop}s3cret").matches("s3cret")).isTrue();
        assertThat(OpsPassword.of("{odd}s3cret").matches("{odd}s3cret")).isTrue();
    }

    @Test
    void matchesABcryptHashEachTime() {
        var password = OpsPassword.of("{bcrypt}" + new BCryptPasswordEncoder(4).encode("s3cret"));

        assertThat(password.matches("wrong")).isFalse();
        assertThat(password.matches("s3cret")).isTrue();
        assertThat(password.matches("s3cret")).isTrue();
        assertThat(password.matches("wrong")).isFalse();
    }

    @Test
    void makesAndLogsAPasswordIfNoneIsGiven(CapturedOutput output) {
        var password = OpsPassword.of("");

        var logged = output.getOut()
                .lines()
                .filter(line -> line.startsWith("Generated password of ops: "))
                .map(line -> line.substring("Generated password of ops: ".length()))
                .toList();
        assertThat(logged).hasSize(1);
        assertThat(password.matches(logged.getFirst())).isTrue();
        assertThat(password.matches("")).isFalse();
    }
}
