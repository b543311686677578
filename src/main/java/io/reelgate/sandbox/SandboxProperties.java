package io.reelgate.sandbox;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Profile;
import org.springframework.util.Assert;

/**
 * How the simulated upstream behaves.
 *
 * @param publicUrl the scheme and host in the films' URLs, for browsers that reach the gateway under another name than it
 *     has for itself; without it those of the request that asks for the task
 * @param taskLength from a task's submission to its end, a quarter more or less; longer shows more of its progress
 * @param slowAnswer how late {@code [slow]} is answered; must be longer than the gateway's answer-within to show anything
 * @param purse what the simulated account has at the start, in yuan; without it submissions cost nothing
 * @param noAnswer how late {@code [timeout]} is given up; must be longer than the gateway's response time-out
 */
@ConfigurationProperties("reelgate.sandbox")
@Profile("sandbox")
record SandboxProperties(
        @Nullable URI publicUrl,
        @Nullable BigDecimal purse,
        @DefaultValue("6s") Duration taskLength,
        @DefaultValue("40s") Duration slowAnswer,
        @DefaultValue("180s") Duration noAnswer) {

    SandboxProperties {
        Assert.isTrue(
                taskLength.isPositive() && taskLength.compareTo(Duration.ofHours(4)) <= 0,
                "reelgate.sandbox.task-length must be more than nothing and at most 4 hours");
        Assert.isTrue(
                purse == null || purse.abs().compareTo(Purse.MOST) <= 0,
                "reelgate.sandbox.purse must be at most " + Purse.MOST);
        Assert.isTrue(slowAnswer.isPositive(), "reelgate.sandbox.slow-answer must be more than nothing");
        Assert.isTrue(noAnswer.isPositive(), "reelgate.sandbox.no-answer must be more than nothing");
    }
}
