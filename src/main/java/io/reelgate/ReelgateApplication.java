package io.reelgate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Starts Reelgate; errors are answered in the shapes of the access module, not by Spring Boot's error page. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
public class ReelgateApplication {

    public static void main(String[] args) {
        SpringApplication.run(ReelgateApplication.class, args);
    }
}
