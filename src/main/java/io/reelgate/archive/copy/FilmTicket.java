package io.reelgate.archive.copy;

import io.reelgate.lease.Lease;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to copy one film.
 *
 * @param linkEndsAt until when it is worth a try
 * @param tries how many failed before
 * @param lastError what became of the last of them
 */
record FilmTicket(
        String jobId,
        UUID token,
        Instant linkEndsAt,
        int tries,
        @Nullable String lastError) {

    Lease lease() {
        return new Lease(jobId, token);
    }
}
