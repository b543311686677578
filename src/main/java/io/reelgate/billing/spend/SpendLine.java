package io.reelgate.billing.spend;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on some jobs.
 *
 * @param key the app, model or day that they have in common
 * @param jobs that cost something, or may
 * @param unpriced those of them that had no price, so that nobody knows what they cost
 * @param tokens what settled and estimated stand for
 * @param settled as the upstream counted, or as ops said
 * @param estimated jobs in flight, and films of which the upstream told no tokens
 * @param possiblySpent jobs of which nobody knows whether they were bought
 */
public record SpendLine(
        String key,
        long jobs,
        long unpriced,
        long tokens,
        BigDecimal settled,
        BigDecimal estimated,
        BigDecimal possiblySpent) {

    /** Of no jobs. */
    public static final SpendLine NOTHING =
            new SpendLine("", 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** What is spent, as far as it is certain that it is; {@code null} if no job had a price. */
    public @Nullable BigDecimal amount() {
        return known(settled.add(estimated));
    }

    /** This sum of its own; {@code null} if no job had a price, for then it is not 0 but unknown. */
    public @Nullable BigDecimal known(BigDecimal sum) {
        return jobs > 0 && unpriced == jobs ? null : sum;
    }

    /** Both together. */
    public SpendLine plus(SpendLine other) {
        return new SpendLine(
                key,
                jobs + other.jobs,
                unpriced + other.unpriced,
                tokens + other.tokens,
                settled.add(other.settled),
                estimated.add(other.estimated),
                possiblySpent.add(other.possiblySpent));
    }

    /** What is left of it without those. */
    SpendLine minus(SpendLine other) {
        return new SpendLine(
                key,
                jobs - other.jobs,
                unpriced - other.unpriced,
                tokens - other.tokens,
                settled.subtract(other.settled),
                estimated.subtract(other.estimated),
                possiblySpent.subtract(other.possiblySpent));
    }

    SpendLine named(String name) {
        return new SpendLine(name, jobs, unpriced, tokens, settled, estimated, possiblySpent);
    }
}
