package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys can be used, and that none is printed. */
class UpstreamKeyTests {

    @Test
    void trimsWhatAnEnvironmentFileLeftAroundIt() {
        assertThat(UpstreamKey.of(" sk-abc\r\n", false).value()).isEqualTo("sk-abc");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void isRequiredOutsideTheSandbox(@Nullable String configured) {
        assertThatExceptionOfType(UnusableUpstreamKey.class)
                .isThrownBy(() -> UpstreamKey.of(configured, false))
                .withMessageContaining("REELGATE_UPSTREAM_API_KEY");
        assertThat(UpstreamKey.of(configured, true).value()).isEqualTo("sandbox");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-a b", "sk-a\nb", "Bearer sk-a", "sk-密钥", "sk-\u0000", "sk-é"})
    void mustFitIntoAHeader(String configured) {
        assertThatExceptionOfType(UnusableUpstreamKey.class)
                .isThrownBy(() -> UpstreamKey.of(configured, false))
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("sk-"));
    }

    @Test
    void isNotPrinted() {
        assertThat(UpstreamKey.of(Fixtures.KEY, false)).asString().doesNotContain(Fixtures.KEY);
    }

    @Test
    void dummyIsNoSecret() {
        var redactor = new Redactor(UpstreamKey.of(null, true));

        assertThat(redactor.clean("http://localhost/sandbox/film.mp4")).isEqualTo("http://localhost/sandbox/film.mp4");
        assertThat(redactor.finds("http://localhost/sandbox/film.mp4")).isFalse();
    }
}
