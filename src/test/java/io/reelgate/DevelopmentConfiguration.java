package io.reelgate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A database that lives as long as the process, and a password that everybody knows. */
@TestConfiguration(proxyBeanMethods = false)
class DevelopmentConfiguration {

    private static final Logger log = LoggerFactory.getLogger("Reelgate");

    @Bean
    JdbcConnectionDetails database() {
        var server = EmbeddedServer.start();
        EmbeddedServer.stopAfterLastContext(server);
        return EmbeddedServer.database(server);
    }

    @Bean
    DynamicPropertyRegistrar opsPassword() {
        return registry -> registry.add("reelgate.ops.password", () -> "ops");
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void welcome() {
        log.info("Log in to the console as ops, with the password ops. The record ends with this process.");
    }
}
