package io.reelgate.facade;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Where the id of the current request is found; it is the one every answer carries as {@code X-Request-Id}. */
public final class RequestIds {

    /** The request attribute that holds the id, a string; set before anything else sees the request. */
    public static final String ATTRIBUTE = "io.reelgate.request-id";

    private RequestIds() {}

    /** This request's id, or {@code null} if nothing has given it one. */
    public static @Nullable String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : null;
    }
}
