package io.reelgate;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/** Gives each test a {@link GatewayClient} of its own, made when the gateway has its port. */
@TestConfiguration(proxyBeanMethods = false)
class GatewayClientConfiguration {

    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    GatewayClient gatewayClient(@Value("${local.server.port}") int port) {
        return new GatewayClient(port);
    }
}
