package io.reelgate.job.stats;

import java.time.Duration;

/**
 * How long videos took, from the app's request to the recorded end.
 *
 * @param median half were quicker
 * @param p95 19 of 20 were quicker
 */
public record Speed(Duration median, Duration p95) {}
