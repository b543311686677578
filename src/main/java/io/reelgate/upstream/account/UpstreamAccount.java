package io.reelgate.upstream.account;

import org.jspecify.annotations.Nullable;

/**
 * An account that jobs were sent to.
 *
 * @param address its base URL; {@code null} for what was sent before accounts were on record
 * @param served whether this gateway asks for its tasks: it is the configured one, or ops said that it is the same
 */
public record UpstreamAccount(int id, String name, @Nullable String address, boolean served) {}
