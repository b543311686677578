package io.reelgate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A database that lives as long as the process, a password that everybody knows, and a word of welcome. */
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

    @EventListener
    void welcome(ApplicationReadyEvent ready) {
        log.info("""


                Reelgate is running against its sandbox: nothing costs money, and the record ends with this process.

                  Console    http://localhost:{port}/ops        user ops, password ops
                  API        http://localhost:{port}/docs       as JSON: /v3/api-docs
                  Health     http://localhost:{port}/actuator/health

                Submit a job:

                  curl http://localhost:{port}/v1/video/generations -H 'Content-Type: application/json' -H 'X-Reelgate-App: demo' \\
                    -d '{"model":"doubao-seedance-2-0-fast","prompt":"a watch turns slowly on a white table","seconds":"5"}'

                and ask for it by the id in the answer until it is completed:

                  curl http://localhost:{port}/v1/video/generations/ID
                """.replace("{port}", port(ready.getApplicationContext().getEnvironment())));
    }

    private static String port(Environment environment) {
        return environment.getProperty("local.server.port", "8080");
    }
}
