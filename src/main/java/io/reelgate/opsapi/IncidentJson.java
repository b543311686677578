package io.reelgate.opsapi;

import io.reelgate.incidents.QuotaIncident;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A quota incident; {@code closed_at} is {@code null} while it is open, {@code remaining} and {@code required} where the
 * upstream named no sums.
 */
@JsonNaming(SnakeCaseStrategy.class)
record IncidentJson(
        long id,
        String model,
        Instant openedAt,
        @Nullable Instant closedAt,
        long refusedJobs,
        String message,
        @Nullable BigDecimal remaining,
        @Nullable BigDecimal required) {

    static IncidentJson of(QuotaIncident incident) {
        return new IncidentJson(
                incident.id(),
                incident.model(),
                incident.openedAt(),
                incident.closedAt(),
                incident.refusedJobs(),
                incident.message(),
                incident.remaining(),
                incident.required());
    }
}
