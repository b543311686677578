package io.reelgate.apps;

import java.time.Instant;

/** An app that ops registered, what they said of it, and who said so last. */
public record RegisteredApp(
        String name, AppSettings settings, Instant createdAt, Instant changedAt, String changedBy) {}
