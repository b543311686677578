package io.reelgate.upstream;

import org.jspecify.annotations.Nullable;

/** The upstream's key, checked, and not to be printed. */
public final class UpstreamKey {

    private static final String DUMMY = "sandbox";

    private final String value;
    private final boolean dummy;

    private UpstreamKey(String value, boolean dummy) {
        this.value = value;
        this.dummy = dummy;
    }

    /**
     * The key as configured; the sandbox upstream needs none and gets a dummy. Throws {@link UnusableUpstreamKey} if
     * there is none otherwise, or if it would not make an HTTP header.
     */
    public static UpstreamKey of(@Nullable String configured, boolean sandbox) {
        var key = configured == null ? "" : configured.strip();
        if (key.isEmpty()) {
            if (sandbox) {
                return new UpstreamKey(DUMMY, true);
            }
            throw new UnusableUpstreamKey("Set REELGATE_UPSTREAM_API_KEY to the upstream's API key,"
                    + " or start with the profile sandbox, which needs none.");
        }
        if (!key.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            throw new UnusableUpstreamKey("Set REELGATE_UPSTREAM_API_KEY to the bare key: the configured one has"
                    + " characters in it that cannot stand in an HTTP header.");
        }
        return new UpstreamKey(key, false);
    }

    public String value() {
        return value;
    }

    boolean isDummy() {
        return dummy;
    }

    @Override
    public String toString() {
        return "UpstreamKey[redacted]";
    }
}
