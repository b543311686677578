package io.reelgate.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.net.Network;
import io.reelgate.security.login.OpsProperties;
import io.reelgate.web.ProxyProperties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;

class AccessPropertiesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Properties.class);

    @EnableConfigurationProperties({AccessProperties.class, OpsProperties.class, ProxyProperties.class})
    static class Properties {}

    @Test
    void allowPrivateNetworksByDefault() {
        runner.run(context -> {
            var properties = context.getBean(AccessProperties.class);
            assertThat(properties.allowedNetworks()).hasSize(7).contains(Network.of("::1"), Network.of("10.0.0.0/8"));
            assertThat(properties.allowedOrigins()).isEmpty();
            assertThat(context.getBean(ProxyProperties.class).trustedProxies()).isEmpty();
            assertThat(context.getBean(OpsProperties.class).user()).isEqualTo("ops");
        });
    }

    @Test
    void readCommaSeparatedLists() {
        runner.withPropertyValues(
                        "reelgate.access.allowed-networks=192.0.2.0/24, 2001:db8::/32",
                        "reelgate.access.allowed-origins=https://films.example.com")
                .run(context -> {
                    var properties = context.getBean(AccessProperties.class);
                    assertThat(properties.allowedNetworks())
                            .isEqualTo(List.of(Network.of("192.0.2.0/24"), Network.of("2001:db8::/32")));
                    assertThat(properties.allowedOrigins())
                            .isEqualTo(List.of(WebOrigin.of("https://films.example.com")));
                });
    }

    @Test
    void showTheConsoleToThoseWhoMayCallUnlessItIsSaidOtherwise() {
        runner.withPropertyValues("reelgate.access.allowed-networks=192.0.2.0/24")
                .run(context -> assertThat(networks(context)).isEqualTo(List.of(Network.of("192.0.2.0/24"))));
        runner.withPropertyValues("reelgate.ops.allowed-networks=198.51.100.7,::1")
                .run(context -> assertThat(networks(context))
                        .isEqualTo(List.of(Network.of("198.51.100.7"), Network.of("::1"))));
    }

    @Test
    void sayWhatIsWrong() {
        Map.of(
                        "reelgate.access.allowed-networks=10.0.0.0/64",
                                "'10.0.0.0/64' has no prefix length from 0 to 32",
                        "reelgate.access.allowed-networks=", "is empty, so nobody could call",
                        "reelgate.access.allowed-origins=*", "'*' is no origin",
                        "reelgate.access.trusted-proxies=proxy", "'proxy' is no network",
                        "reelgate.ops.user=a:b", "without a colon",
                        "reelgate.ops.allowed-networks=", "is empty, so nobody could see the console",
                        "reelgate.ops.allowed-networks=ops", "'ops' is no network")
                .forEach((property, message) -> runner.withPropertyValues(property)
                        .run(context -> {
                            assertThat(context).hasFailed();
                            var cause = NestedExceptionUtils.getMostSpecificCause(
                                    requireNonNull(context.getStartupFailure()));
                            assertThat(cause).as(property).hasMessageContaining(message);
                        }));
    }

    private static List<Network> networks(BeanFactory context) {
        return context.getBean(OpsProperties.class)
                .networksOr(context.getBean(AccessProperties.class).allowedNetworks());
    }
}
