/** Webhooks: who asked is told of a job's end by a signed request, again and again until it arrives. */
@NullMarked
@NamedInterface("webhook")
package io.reelgate.delivery.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
