package io.reelgate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Reelgate. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ReelgateApplication {

    public static void main(String[] args) {
        SpringApplication.run(ReelgateApplication.class, args);
    }
}
