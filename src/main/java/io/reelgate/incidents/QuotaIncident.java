package io.reelgate.incidents;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which the upstream refused a model for want of money.
 *
 * @param openedAt the first refusal
 * @param closedAt the first acceptance of a job submitted after the last refusal; {@code null} while open
 * @param refusedJobs how many jobs it refused, counted from the jobs
 * @param message the upstream's words at the last refusal
 * @param remaining what was left, in the upstream's unit, at the last refusal that named a sum; {@code null} if it named none
 * @param required what the job refused then would have needed
 */
public record QuotaIncident(
        long id,
        String model,
        Instant openedAt,
        @Nullable Instant closedAt,
        long refusedJobs,
        String message,
        @Nullable BigDecimal remaining,
        @Nullable BigDecimal required) {}
