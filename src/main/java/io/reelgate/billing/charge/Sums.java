package io.reelgate.billing.charge;

import io.reelgate.billing.Cost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a job's charges come to, or what one of them adds.
 *
 * @param jobs 1 if it counts
 * @param unpriced 1 if it counts and has no price
 * @param tokens what settled and estimated stand for
 */
record Sums(int jobs, int unpriced, long tokens, BigDecimal settled, BigDecimal estimated, BigDecimal possiblySpent) {

    private static final BigDecimal ZERO = BigDecimal.ZERO;

    /** It does not count. */
    static final Sums NONE = new Sums(0, 0, 0, ZERO, ZERO, ZERO);

    /**
     * What the charges of a job that stands so have to come to. Where nothing was bought there is nothing to count: during an outage
     * those would be most rows of all, and each would say 0.
     *
     * @param cost {@code null} without a price
     */
    static Sums of(ChargedJob job, @Nullable Cost cost) {
        if (!job.status().ended()) {
            return NONE;
        }
        if (cost == null) {
            return switch (job.standing()) {
                case NOTHING, WAITING, IN_FLIGHT -> NONE;
                case SETTLED, ESTIMATED -> new Sums(1, 1, job.knownTokens(), ZERO, ZERO, ZERO);
                case POSSIBLY_SPENT -> new Sums(1, 1, 0, ZERO, ZERO, ZERO);
            };
        }
        return switch (cost.standing()) {
            case NOTHING, WAITING, IN_FLIGHT -> NONE;
            case SETTLED -> new Sums(1, 0, cost.tokens(), cost.amount(), ZERO, ZERO);
            case ESTIMATED -> new Sums(1, 0, cost.tokens(), ZERO, cost.amount(), ZERO);
            case POSSIBLY_SPENT -> new Sums(1, 0, 0, ZERO, ZERO, cost.amount());
        };
    }

    /** What has to be added to those to come to this. */
    Sums minus(Sums those) {
        return new Sums(
                jobs - those.jobs,
                unpriced - those.unpriced,
                tokens - those.tokens,
                settled.subtract(those.settled),
                estimated.subtract(those.estimated),
                possiblySpent.subtract(those.possiblySpent));
    }

    /** Whether it adds nothing. */
    boolean isNothing() {
        return jobs == 0
                && unpriced == 0
                && tokens == 0
                && settled.signum() == 0
                && estimated.signum() == 0
                && possiblySpent.signum() == 0;
    }

    /** What is spent, as far as it is certain that it is. */
    BigDecimal amount() {
        return settled.add(estimated);
    }
}
