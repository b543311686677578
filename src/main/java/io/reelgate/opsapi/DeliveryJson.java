package io.reelgate.opsapi;

import io.reelgate.delivery.webhook.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A webhook; what the receiver said stays with its status. */
@JsonNaming(SnakeCaseStrategy.class)
record DeliveryJson(
        String id,
        String app,
        String jobId,
        String url,
        String type,
        String state,
        int attempts,
        @Nullable Integer lastStatus,
        @Nullable Instant nextTryAt,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    static DeliveryJson of(Delivery delivery) {
        return new DeliveryJson(
                delivery.id(),
                delivery.app(),
                delivery.jobId(),
                delivery.url(),
                delivery.type(),
                delivery.state().word(),
                delivery.attempts(),
                delivery.lastStatus(),
                delivery.nextTryAt(),
                delivery.createdAt(),
                delivery.deliveredAt());
    }
}
