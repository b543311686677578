package io.reelgate.web.tomcat;

import io.reelgate.web.ConnectionLimit;
import io.reelgate.web.ErrorResponses;
import io.reelgate.web.ProxyProperties;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has Tomcat listen by {@link FairConnections}, and refuse by {@link TomcatErrors}. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> fairConnections() {
        return factory -> factory.setProtocol(FairConnections.class.getName());
    }

    @Bean
    TomcatProtocolHandlerCustomizer<FairConnections> fairness(ProxyProperties access, ConnectionLimit limit) {
        return protocol -> {
            protocol.setMaxConnections(limit.most());
            protocol.trust(access.trustedProxies());
        };
    }

    /** In place of Tomcat's own valve, which would answer first. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> errorReports(ErrorResponses errors) {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new TomcatErrors(errors));
            }
        });
    }
}
