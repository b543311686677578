package io.reelgate.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.MutableClock;
import io.reelgate.security.login.BasicEntryPoint;
import io.reelgate.security.login.FailedLogins;
import io.reelgate.security.login.LoginController;
import io.reelgate.security.login.LoginHandler;
import io.reelgate.security.login.OpsProperties;
import io.reelgate.security.login.OpsSessions;
import io.reelgate.web.ClientAddresses;
import io.reelgate.web.ErrorResponses;
import io.reelgate.web.ErrorWriter;
import io.reelgate.web.ProblemWriter;
import io.reelgate.web.ProxyProperties;
import io.reelgate.web.RequestIdFilter;
import io.reelgate.web.UnreadableBodyFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The access module alone, with a controller behind each kind of path; a test component, so that the scan of the whole
 * application passes it by.
 */
@TestComponent
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            ErrorMvcAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            DataJpaRepositoriesAutoConfiguration.class
        })
@EnableConfigurationProperties({AccessProperties.class, OpsProperties.class, ProxyProperties.class})
@Import({
    SecurityConfiguration.class,
    ErrorWriter.class,
    BasicEntryPoint.class,
    ClientAddresses.class,
    LoginController.class,
    RejectedRequestHandler.class,
    OpsSessions.class,
    LoginHandler.class,
    ProblemWriter.class,
    ErrorResponses.class,
    UnreadableBodyFilter.class,
    RequestIdFilter.class
})
class AccessTestApplication {

    @Bean
    MutableClock clock() {
        return new MutableClock();
    }

    @Bean
    HeldSleeper sleeper() {
        return new HeldSleeper();
    }

    @Bean
    FailedLogins failedLogins(MeterRegistry meters, MutableClock clock, HeldSleeper sleeper) {
        return new FailedLogins(meters, clock, sleeper);
    }

    @Bean
    SeenSessions sessions() {
        return new SeenSessions();
    }

    /** Says what it saw. */
    @RestController
    static class Routes {

        @GetMapping({"/v1/jobs", "/ops/api/jobs", "/sandbox/film", "/docs", "/secret"})
        Map<String, String> seen(HttpServletRequest request) {
            request.getHeader("X-Odd");
            var mdc = MDC.getCopyOfContextMap();
            return mdc == null ? Map.of() : mdc;
        }

        @PostMapping({"/v1/jobs", "/v1/videos", "/ops/api/jobs", "/ops/pause", "/sandbox/film"})
        String posted() {
            return "posted";
        }

        @GetMapping({"/ops", "/ops/jobs"})
        String page() {
            return "page";
        }

        @GetMapping({"/ops/jobs.csv", "/ops/api/jobs.csv"})
        StreamingResponseBody streamed() {
            return out -> out.write("a,b".getBytes(StandardCharsets.UTF_8));
        }

        @GetMapping("/v1/broken")
        String broken() {
            throw new IllegalStateException("broken");
        }
    }
}
