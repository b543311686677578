package io.reelgate.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** An absolute http or https address that somebody else chose, as far as its text can be judged: nothing is looked up. */
public final class HttpAddress {

    private static final int LONGEST = 2_000;
    private static final int HIGHEST_PORT = 65_535;

    private HttpAddress() {}

    /** Reads one; an {@link IllegalArgumentException} says what is wrong with it, without repeating it. */
    public static URI of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than 2,000 characters");
        }
        if (!text.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new IllegalArgumentException("has characters other than visible ASCII");
        }
        var address = parse(text);
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("is no absolute http or https address");
        }
        // Before the host: of an authority that cannot be read there is neither.
        if (address.getRawAuthority() != null && address.getRawAuthority().indexOf('@') >= 0) {
            throw new IllegalArgumentException("carries a user's name");
        }
        if (address.getHost() == null || address.getHost().isEmpty()) {
            throw new IllegalArgumentException("has no host that can be read");
        }
        if (address.getPort() == 0 || address.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("has a port that there is not");
        }
        return address;
    }

    /** Scheme, host and port, always in the same spelling: who answers there. */
    public static String origin(URI address) {
        var scheme = address.getScheme().toLowerCase(Locale.ROOT);
        var port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** The address for lists and logs: a query may hold a secret. */
    public static String masked(String address) {
        var query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query) + "?…";
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no address");
        }
    }
}
