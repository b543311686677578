package io.reelgate.api.body;

import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has Tomcat take bodies as {@link BodyPaceValve} says. */
@Configuration(proxyBeanMethods = false)
class BodyConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodyPace(BodyProperties pace) {
        return factory -> factory.addEngineValves(new BodyPaceValve(pace));
    }

    /** Who asks whether to send a body is told to when somebody wants it, and not while it is still to be refused. */
    @Bean
    TomcatProtocolHandlerCustomizer<AbstractHttp11Protocol<?>> continueWhenRead() {
        return protocol -> protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
    }
}
