package io.reelgate.delivery.webhook;

import java.time.Instant;

/**
 * A receiver at which nothing has arrived for a day, though something was to.
 *
 * @param origin its scheme, host and port
 * @param app whose job the longest undelivered one is about
 * @param state whether that one still waits
 * @param since when that one was written
 */
public record FailingReceiver(String origin, String app, DeliveryState state, Instant since) {}
