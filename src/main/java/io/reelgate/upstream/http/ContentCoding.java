package io.reelgate.upstream.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * How a body is packed (RFC 9110, 8.4): the gateway asks for none of it, and reads gzip and deflate all the same, since proxies
 * on the way pack what was not to be packed.
 */
record ContentCoding(List<String> names) {

    private static final Set<String> NONE = Set.of("", "identity", "chunked");
    /** Names that may be repeated in a reason; any other word is the upstream's own. */
    private static final Set<String> KNOWN =
            Set.of("br", "compress", "dcb", "dcz", "deflate", "gzip", "x-compress", "x-gzip", "zstd");

    /** That of a body under these headers; what was packed for the transfer alone is no different here. */
    static ContentCoding of(HttpHeaders headers) {
        return new ContentCoding(Stream.of(HttpHeaders.CONTENT_ENCODING, HttpHeaders.TRANSFER_ENCODING)
                .flatMap(name -> headers.getOrEmpty(name).stream())
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !NONE.contains(name))
                .toList());
    }

    boolean isNone() {
        return names.isEmpty();
    }

    /** Begins to unpack a body; {@code null} if it is not packed. */
    @Nullable
    Unpacker unpacker() {
        if (isNone()) {
            return null;
        }
        return switch (names.size() == 1 ? names.getFirst() : "") {
            case "gzip", "x-gzip" -> new Inflating(true);
            case "deflate", "x-deflate" -> new Inflating(false);
            default ->
                new Unpacker.Unknown("the answer comes in a content coding that the gateway does not read"
                        + (KNOWN.containsAll(names) && names.size() < 4 ? " (" + String.join(", ", names) + ")" : ""));
        };
    }
}
