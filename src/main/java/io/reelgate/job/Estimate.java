package io.reelgate.job;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a job was expected to cost when it was sent. It is kept as it was then, whatever prices become.
 *
 * @param tokens how many tokens it would come to
 * @param perMillion the price of a million of them; {@code null} if there was none
 * @param currency of that price
 */
public record Estimate(
        long tokens,
        @Nullable BigDecimal perMillion,
        @Nullable String currency) {}
