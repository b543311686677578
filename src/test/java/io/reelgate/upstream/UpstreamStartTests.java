package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.reelgate.upstream.http.UpstreamConfiguration;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The module starts with a key or in the sandbox, and says what to set otherwise. */
@ExtendWith(OutputCaptureExtension.class)
class UpstreamStartTests {

    @Test
    void startsWithAKey() {
        try (var context = start("--reelgate.upstream.api-key= " + Fixtures.KEY + " ")) {
            assertThat(context.getBean(UpstreamKey.class).value()).isEqualTo(Fixtures.KEY);
            assertThat(context.getBean(UpstreamClient.class).longestCall()).isPositive();
            assertThat(context.getBeanNamesForType(UpstreamHealthIndicator.class))
                    .containsExactly("upstreamHealthIndicator");
        }
    }

    @Test
    void startsInTheSandboxWithoutAKey() {
        try (var context = start("--spring.profiles.active=sandbox", "--reelgate.upstream.api-key=")) {
            assertThat(context.getBean(UpstreamKey.class).isDummy()).isTrue();
        }
    }

    @Test
    void saysInOneSentenceWhichVariableToSet(CapturedOutput output) {
        assertThatExceptionOfType(UnusableUpstreamKey.class).isThrownBy(() -> start());

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .containsOnlyOnce("Description:\n\nSet REELGATE_UPSTREAM_API_KEY to the upstream's API key,")
                .doesNotContain("\tat ");
    }

    @Test
    void doesNotPrintAKeyThatItRefuses(CapturedOutput output) {
        assertThatExceptionOfType(UnusableUpstreamKey.class)
                .isThrownBy(() -> start("--reelgate.upstream.api-key=sk-two words"));

        assertThat(output.getAll()).contains("Set REELGATE_UPSTREAM_API_KEY").doesNotContain("sk-two");
    }

    @Test
    void doesNotPrintTheKeyBesideAnotherMistake(CapturedOutput output) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() ->
                        start("--reelgate.upstream.api-key=" + Fixtures.KEY, "--reelgate.upstream.max-connections=0"));

        assertThat(output.getAll())
                .contains("reelgate.upstream.max-connections must be at least 1")
                .doesNotContain(Fixtures.KEY);
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Module.class)
                .web(WebApplicationType.NONE)
                // Without the application's own file: the module must do on its own defaults.
                .properties("spring.config.location=optional:classpath:/none/")
                .run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(UpstreamProperties.class)
    @Import({UpstreamConfiguration.class, UpstreamHealth.class, WebClientAutoConfiguration.class})
    static class Module {

        @Bean
        Clock clock() {
            return Fixtures.CLOCK;
        }

        @Bean(destroyMethod = "stop")
        Timer timeouts() {
            return new HashedWheelTimer();
        }

        @Bean
        UpstreamHealthIndicator upstreamHealthIndicator(UpstreamHealth health) {
            return new UpstreamHealthIndicator(health);
        }
    }
}
