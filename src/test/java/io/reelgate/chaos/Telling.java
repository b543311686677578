package io.reelgate.chaos;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to tell somebody of a job's end, as a receiver saw it.
 *
 * @param eventId its {@code webhook-id}
 * @param taken whether the receiver answered that it has it
 * @param known whether the API, asked at that moment, said that the job had ended; {@code null} if it did not answer
 */
record Telling(
        String jobId,
        String eventId,
        String type,
        boolean taken,
        Instant at,
        @Nullable Boolean known) {}
