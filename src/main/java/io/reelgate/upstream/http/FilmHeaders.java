package io.reelgate.upstream.http;

import io.reelgate.upstream.ContentRange;
import io.reelgate.upstream.Redactor;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What the headers of a film say that may be told to others: each is read for what it means, and none passed on as it is. */
final class FilmHeaders {

    private static final Pattern TAG = Pattern.compile("(W/)?\"[!#-~]{0,200}\"");

    private final HttpHeaders headers;
    private final Redactor redactor;

    FilmHeaders(HttpHeaders headers, Redactor redactor) {
        this.headers = headers;
        this.redactor = redactor;
    }

    /** Whether this is a video, or at least not said to be anything else: a page could be a script on the gateway's own origin. */
    boolean isFilm() {
        var type = mediaType();
        return type == null
                || type.getType().equals("video")
                || type.equalsTypeAndSubtype(MediaType.APPLICATION_OCTET_STREAM);
    }

    /** Type and subtype; no parameter of them, in which anything could be said. */
    @Nullable
    String type() {
        var type = mediaType();
        var named = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type == null || named == null || redactor.finds(named.replaceFirst(";.*", ""))
                ? null
                : type.getType() + "/" + type.getSubtype();
    }

    /** How many bytes come, or -1. */
    long length() {
        return headers.getContentLength();
    }

    ContentCoding coding() {
        return ContentCoding.of(headers);
    }

    /** The part that this is; {@code null} if it is none that could be passed on, as are several in one or a packed one. */
    @Nullable
    ContentRange part() {
        var part = ContentRange.of(headers.getFirst(HttpHeaders.CONTENT_RANGE));
        return part != null && isFilm() && coding().isNone() && (length() < 0 || length() == part.length())
                ? part
                : null;
    }

    @Nullable
    String noPart() {
        return ContentRange.ofNone(headers.getFirst(HttpHeaders.CONTENT_RANGE));
    }

    /** What a reader needs to ask for parts of the same film; nothing of one that was packed, which has other bytes. */
    Map<String, String> forParts() {
        var passedOn = new HashMap<String, String>();
        if (coding().isNone()) {
            if ("bytes".equalsIgnoreCase(headers.getFirst(HttpHeaders.ACCEPT_RANGES))) {
                passedOn.put(HttpHeaders.ACCEPT_RANGES, "bytes");
            }
            var tag = headers.getFirst(HttpHeaders.ETAG);
            if (tag != null && TAG.matcher(tag).matches() && !redactor.finds(tag)) {
                passedOn.put(HttpHeaders.ETAG, tag);
            }
            var modified = new HttpHeaders();
            if (headers.getLastModified() > 0) {
                modified.setLastModified(headers.getLastModified());
                passedOn.putAll(modified.toSingleValueMap());
            }
        }
        return Map.copyOf(passedOn);
    }

    private @Nullable MediaType mediaType() {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException nonsense) {
            return null;
        }
    }
}
