package io.reelgate.submission;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How submissions are taken.
 *
 * @param answerWithin after this long the app gets a 202 while the call goes on; larger: apps wait longer, but learn more
 *     often at once what came of it
 * @param maxBody larger bodies are refused with 413
 * @param maxBodiesInFlight bytes of bodies held in memory at once, of which one app or address may have half; past it new
 *     ones are refused with 503: larger takes more heap
 * @param idempotencyRetention how long an {@code Idempotency-Key} is remembered
 * @param recoveryMargin how much longer than the longest possible call a job may be {@code submitting} before it counts as
 *     left behind; it lets the clocks of replicas differ and a slow commit arrive: larger: jobs of a dead replica become
 *     unconfirmed later
 * @param unconfirmedTtl an unconfirmed job that nobody settled becomes failed after this long
 */
@Validated
@ConfigurationProperties("reelgate.submission")
public record SubmissionProperties(
        @NotNull @DefaultValue("25s") Duration answerWithin,
        @NotNull @DefaultValue("64MB") DataSize maxBody,
        @NotNull @DefaultValue("256MB") DataSize maxBodiesInFlight,
        @NotNull @DefaultValue("24h") Duration idempotencyRetention,
        @NotNull @DefaultValue("15s") Duration recoveryMargin,
        @NotNull @DefaultValue("24h") Duration unconfirmedTtl) {}
