package io.reelgate.ops;

import io.reelgate.quota.QuotaIncident;
import io.reelgate.quota.QuotaIncidents;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/quota-incidents}: when the upstream had no money, newest first. */
@OpsApi("/ops/api/quota-incidents")
class QuotaApi {

    private static final int MOST = 500;

    private final QuotaIncidents incidents;

    QuotaApi(QuotaIncidents incidents) {
        this.incidents = incidents;
    }

    record Answer(List<Item> items) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Item(
            long id,
            String model,
            Instant openedAt,
            @Nullable Instant closedAt,
            long refusedJobs,
            String message) {

        static Item of(QuotaIncident incident) {
            return new Item(
                    incident.id(),
                    incident.model(),
                    incident.openedAt(),
                    incident.closedAt(),
                    incident.refusedJobs(),
                    incident.message());
        }
    }

    @GetMapping
    Answer list() {
        return new Answer(incidents.latest(MOST).stream().map(Item::of).toList());
    }
}
