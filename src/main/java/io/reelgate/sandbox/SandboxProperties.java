package io.reelgate.sandbox;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the simulated upstream behaves.
 *
 * @param taskLength how long a task takes; each is up to a third shorter or longer
 * @param slowAnswer how long a prompt with {@code [slow]} waits for its answer; longer than {@code answer-within} shows
 *     what a 202 is
 * @param noAnswer how long a prompt with {@code [timeout]} is left without any; longer than the response time-out
 * @param publicUrl where this gateway is reached by whoever plays the films; without it, the address that it calls itself
 */
@Validated
@ConfigurationProperties("reelgate.sandbox")
record SandboxProperties(
        @NotNull @DefaultValue("8s") Duration taskLength,
        @NotNull @DefaultValue("40s") Duration slowAnswer,
        @NotNull @DefaultValue("180s") Duration noAnswer,
        @Nullable String publicUrl) {}
