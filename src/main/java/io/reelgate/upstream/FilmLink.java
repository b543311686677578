package io.reelgate.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The http(s) address of a film, in ASCII, and the end that a signed one carries in itself.
 *
 * <p>TOS and S3 sign with a date and a number of seconds ({@code X-Tos-Date}, {@code X-Tos-Expires}; {@code X-Amz-…}),
 * CDNs with {@code Expires} in Unix seconds.
 */
public record FilmLink(URI address, @Nullable Instant expiresAt) {

    private static final int LONGEST = 8_192;
    private static final String UNTOUCHED = "!#$%&'()*+,-./:;=?@[]_~";
    private static final DateTimeFormatter SIGNED_AT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    /** The link in this text, or {@code null} if it is no absolute http(s) address. */
    public static @Nullable FilmLink of(String text) {
        var trimmed = text.strip();
        if (trimmed.length() > LONGEST || !trimmed.regionMatches(true, 0, "http", 0, 4)) {
            return null;
        }
        try {
            var escaped = ascii(trimmed);
            if (escaped.length() > LONGEST) {
                return null; // it would not fit into the head of an answer
            }
            var address = new URI(escaped);
            var http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            return http && address.getHost() != null ? new FilmLink(address, end(address.getRawQuery())) : null;
        } catch (URISyntaxException noAddress) {
            return null;
        }
    }

    /** Escapes what may not stand in a URI, as a browser would; what is escaped already stays. */
    private static String ascii(String text) throws URISyntaxException {
        var ascii = new StringBuilder(text.length());
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) (octet & 0xFF);
            if (character < ' ' || character == 0x7F) {
                throw new URISyntaxException("", "control character");
            }
            var plain = character < 0x80 && (Character.isLetterOrDigit(character) || UNTOUCHED.indexOf(character) >= 0);
            ascii.append(plain ? String.valueOf(character) : String.format(Locale.ROOT, "%%%02X", (int) character));
        }
        return ascii.toString();
    }

    private static @Nullable Instant end(@Nullable String query) {
        var parameters = parameters(query);
        try {
            for (var signer : new String[] {"x-tos-", "x-amz-"}) {
                var signedAt = parameters.get(signer + "date");
                var seconds = number(parameters.get(signer + "expires"));
                if (signedAt != null && seconds != null) {
                    return plausible(LocalDateTime.parse(signedAt, SIGNED_AT)
                            .toInstant(ZoneOffset.UTC)
                            .plusSeconds(seconds));
                }
            }
            var expires = number(parameters.get("expires"));
            return expires == null ? null : plausible(Instant.ofEpochSecond(expires));
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Before 1970 and from the year 10000 on it is a mistake, and its ISO text is one that PostgreSQL may not read. */
    private static @Nullable Instant plausible(Instant end) {
        return end.isAfter(Instant.EPOCH) && end.isBefore(YEAR_10000) ? end : null;
    }

    private static Map<String, String> parameters(@Nullable String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query == null ? new String[0] : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
            }
        }
        return parameters;
    }

    /** A count of seconds; of more than eleven digits it is a mistake. */
    private static @Nullable Long number(@Nullable String digits) {
        return digits != null && digits.matches("\\d{1,11}") ? Long.valueOf(digits) : null;
    }
}
