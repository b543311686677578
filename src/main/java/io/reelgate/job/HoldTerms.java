package io.reelgate.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a job may wait where it cannot be sent.
 *
 * @param until when it is given up
 * @param body what is to be sent, as it came; {@code null} if it is on record already
 */
public record HoldTerms(Instant until, byte @Nullable [] body) {}
