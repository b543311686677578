package io.reelgate;

import org.springframework.boot.SpringApplication;

/** What {@code mvn spring-boot:test-run} starts: the gateway on an embedded PostgreSQL, against the sandbox. */
public class DevelopmentReelgate {

    public static void main(String[] args) {
        SpringApplication.from(ReelgateApplication::main)
                .with(DevelopmentConfiguration.class)
                .withAdditionalProfiles("sandbox", "development")
                .run(args);
    }
}
