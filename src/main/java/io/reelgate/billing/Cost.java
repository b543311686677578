package io.reelgate.billing;

import io.reelgate.job.Estimate;
import io.reelgate.job.query.JobView;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a job costs, as far as it is known.
 *
 * @param standing how sure that is
 * @param tokens that were counted, or else that it was estimated at
 */
public record Cost(Standing standing, long tokens, BigDecimal amount, String currency) {

    /** The cost of this job; {@code null} if it had no price when it was sent. */
    public static @Nullable Cost of(JobView job) {
        var error = job.error();
        var tokens = tokens(job);
        var standing = Standing.of(job.status(), error == null ? null : error.code(), tokens);
        return of(standing, tokens, job.estimate(), job.status().ended() ? job.corrected() : null);
    }

    /** The tokens that the upstream counted for it, if it did. */
    public static @Nullable Long tokens(JobView job) {
        var film = job.film();
        return film == null ? null : film.completionTokens() != null ? film.completionTokens() : film.totalTokens();
    }

    /** The cost of a job that stands so; what ops say goes before everything else. */
    public static @Nullable Cost of(
            Standing standing, @Nullable Long counted, @Nullable Estimate estimate, @Nullable BigDecimal corrected) {
        if (estimate == null || estimate.currency() == null) {
            return null;
        }
        if (corrected != null) {
            long tokens = corrected.signum() == 0 ? 0 : counted == null ? estimate.tokens() : counted;
            return new Cost(Standing.SETTLED, tokens, corrected, estimate.currency());
        }
        if (estimate.perMillion() == null) {
            return null;
        }
        long tokens = switch (standing) {
            case NOTHING -> 0;
            case SETTLED -> counted == null ? estimate.tokens() : counted;
            case WAITING, IN_FLIGHT, ESTIMATED, POSSIBLY_SPENT -> estimate.tokens();
        };
        return new Cost(standing, tokens, Money.of(tokens, estimate.perMillion()), estimate.currency());
    }

    /** The word of how sure it is, for apps. */
    public String basis() {
        return switch (standing) {
            case NOTHING, SETTLED -> "usage";
            case WAITING, IN_FLIGHT, ESTIMATED, POSSIBLY_SPENT -> "estimate";
        };
    }
}
