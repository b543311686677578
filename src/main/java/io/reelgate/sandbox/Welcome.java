package io.reelgate.sandbox;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Ends the log of a start with the addresses to open, and with a first job to copy. */
@Component
@Profile("sandbox")
class Welcome {

    private static final Logger log = LoggerFactory.getLogger("Reelgate");

    private final Environment environment;
    private final @Nullable URI publicUrl;

    Welcome(Environment environment, SandboxProperties properties) {
        this.environment = environment;
        this.publicUrl = properties.publicUrl();
    }

    @EventListener(ApplicationReadyEvent.class)
    void welcome() {
        log.info("""


                Reelgate is running against its sandbox: nothing costs money.

                  Console    {url}/ops        user {user}, {password}
                  API        {url}/docs        as JSON: /v3/api-docs
                  Health     {url}/actuator/health
                  Upstream   {url}/sandbox/tasks        the simulated upstream's own list of tasks

                Submit a job by the button on the console, or as an app does:

                  curl {url}/v1/video/generations -H 'Content-Type: application/json' -H 'X-Reelgate-App: demo' \\
                    -d '{"model":"doubao-seedance-2-0-fast","prompt":"a watch turns slowly on a white table","seconds":"5"}'

                and ask for it by the id in the answer until it is completed:

                  curl {url}/v1/video/generations/ID
                """.replace("{url}", url())
                .replace("{user}", environment.getProperty("reelgate.ops.user", "ops"))
                .replace("{password}", password()));
    }

    /** Where a browser finds the gateway: within a container only who started it knows. */
    private String url() {
        return publicUrl == null
                ? "http://localhost:" + environment.getProperty("local.server.port", "8080")
                : publicUrl.toString().replaceFirst("/+$", "");
    }

    /** No log has a password that somebody chose; one that was made stands above. */
    private String password() {
        return environment.getProperty("reelgate.ops.password") == null
                ? "and the password that is told above"
                : "and the password that you set";
    }
}
