package io.reelgate.submission.hold;

import io.reelgate.job.Attempt;
import io.reelgate.job.query.JobView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that waited, and whose next attempt has begun: it is to be made by who claimed it.
 *
 * @param seconds the length asked for, and {@code size}, in the app's words
 * @param until how long the job may wait if the attempt buys nothing
 * @param body what is to be sent
 */
public record Turn(
        JobView job, @Nullable String seconds, @Nullable String size, Attempt attempt, Instant until, byte[] body) {}
