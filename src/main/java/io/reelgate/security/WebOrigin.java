package io.reelgate.security;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a web page comes from, as browsers put it into {@code Origin}; a port of {@code -1} is the scheme's own. */
record WebOrigin(String scheme, String host, int port) {

    /** Reads a configured origin; an {@link IllegalArgumentException} says what is wrong with it. */
    public static WebOrigin of(String text) {
        var origin = parse(text.strip());
        if (origin == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no origin; write scheme, host and port only, such as https://films.example.com");
        }
        return origin;
    }

    /** The origin that this header names, or {@code null} if it is {@code null} (the word), empty or malformed. */
    static @Nullable WebOrigin parse(String header) {
        try {
            var uri = URI.create(header);
            var bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
            if (uri.getScheme() == null
                    || uri.getHost() == null
                    || !bare
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                return null;
            }
            var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            return new WebOrigin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port(scheme, uri.getPort()));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /**
     * Whether a page of this origin calls its own server, which the client addressed by this {@code Host}. The scheme is
     * not compared: behind a proxy that ends TLS the page says {@code https} and this server sees {@code http}.
     */
    boolean addresses(@Nullable String hostHeader) {
        var called = hostHeader == null ? null : parse(scheme + "://" + hostHeader);
        return called != null && called.host.equals(host) && called.port == port;
    }

    private static int port(String scheme, int port) {
        return (port == 80 && scheme.equals("http")) || (port == 443 && scheme.equals("https")) ? -1 : port;
    }
}
