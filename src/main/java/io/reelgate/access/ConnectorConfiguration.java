package io.reelgate.access;

import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has Tomcat listen by {@link FairConnections}. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> fairConnections() {
        return factory -> factory.setProtocol(FairConnections.class.getName());
    }

    @Bean
    TomcatProtocolHandlerCustomizer<FairConnections> trustedProxies(AccessProperties access) {
        return protocol -> protocol.trust(access.trustedProxies());
    }
}
