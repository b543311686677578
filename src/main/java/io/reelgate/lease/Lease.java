package io.reelgate.lease;

import java.util.UUID;

/**
 * The right to work on one row until its time is over.
 *
 * @param key of the row
 * @param token names this claim: a write under another one changes nothing, since somebody else owns the row now
 */
public record Lease(String key, UUID token) {}
