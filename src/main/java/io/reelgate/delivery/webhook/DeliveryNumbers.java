package io.reelgate.delivery.webhook;

import java.time.Duration;

/**
 * What waits to be delivered.
 *
 * @param oldest how old the oldest of them is; nothing if none waits
 */
public record DeliveryNumbers(long waiting, Duration oldest) {}
