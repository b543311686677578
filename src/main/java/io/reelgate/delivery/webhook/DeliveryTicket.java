package io.reelgate.delivery.webhook;

import io.reelgate.lease.Lease;
import io.reelgate.net.HttpAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to try one delivery.
 *
 * @param attempts how many tries there were before
 */
record DeliveryTicket(
        String id,
        UUID token,
        String jobId,
        String app,
        String url,
        String origin,
        String baseUrl,
        String type,
        int attempts,
        Instant createdAt) {

    Lease lease() {
        return new Lease(id, token);
    }

    /** For the log. */
    @Override
    public String toString() {
        return "Webhook %s of job %s to %s".formatted(id, jobId, HttpAddress.masked(url));
    }
}
