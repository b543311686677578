package io.reelgate.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An address is a link for apps unless only a key opens it, as it does {@code /v1/} on the upstream's own host and the content
 * path on any, unless it is signed there, or only the upstream's own machine reaches it, as it does a loopback address if the
 * upstream is elsewhere.
 */
public final class LinkRule {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Set<String> NAMES_OF_THIS_MACHINE = Set.of("localhost", "localhost.localdomain");

    private final URI base;
    private final Pattern contentPath;

    public LinkRule(URI base, String contentPath) {
        this.base = base;
        this.contentPath = Pattern.compile(".*" + pattern(contentPath) + "/?");
    }

    /** Whether an app may be given this as the link to its film. */
    public boolean admits(FilmLink link) {
        var address = link.address();
        var path = path(address);
        var signed = link.expiresAt() != null;
        var isContentPath = contentPath.matcher(path).matches();
        return !(isOwnHost(address) ? isApi(path) || isContentPath : isContentPath && !signed)
                && (!isLoopback(address) || isLoopback(base));
    }

    private boolean isApi(String path) {
        return path.startsWith("/v1/") || path.startsWith(path(base) + "/v1/");
    }

    private boolean isOwnHost(URI address) {
        var sameName = host(address).equals(host(base)) || (isLoopback(address) && isLoopback(base));
        return sameName && port(address) == port(base);
    }

    /** The default ports are one: a server that answers at both is the same one. */
    private static int port(URI address) {
        var port = address.getPort();
        return port < 0 || port == HTTPS ? HTTP : port;
    }

    private static String host(URI address) {
        var host = address.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** As a server would understand it: without escapes, steps and doubled slashes. */
    private static String path(URI address) {
        var path = address.normalize().getPath();
        return path == null ? "" : path.replaceAll("/{2,}", "/");
    }

    private static boolean isLoopback(URI address) {
        var host = host(address);
        var literal = literal(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        return literal == null
                ? NAMES_OF_THIS_MACHINE.contains(host) || host.endsWith(".localhost")
                : literal.isLoopbackAddress() || literal.isAnyLocalAddress();
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }

    private static String pattern(String path) {
        return Stream.of(path.split(Pattern.quote(UpstreamProperties.TASK_ID), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^/]+"));
    }
}
