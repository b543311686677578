package io.reelgate.sandbox;

import org.jspecify.annotations.Nullable;

/** The sandbox's idea of a key: any will do, but there must be one, so that a gateway that forgets it is found out. */
final class Bearer {

    private Bearer() {}

    /** Throws the upstream's 401 unless this {@code Authorization} header holds a key. */
    static void require(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                || authorization.substring(7).isBlank()) {
            throw Refusal.keyless();
        }
    }
}
