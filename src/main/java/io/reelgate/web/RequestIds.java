package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Where the id of the current request is found; it is the one every answer carries as {@code X-Request-Id}. */
public final class RequestIds {

    /** The request attribute that holds the id, a string; set before anything else sees the request. */
    public static final String ATTRIBUTE = "io.reelgate.request-id";

    /** The header. */
    public static final String HEADER = "X-Request-Id";

    private RequestIds() {}

    /** Puts this request's id, if it has one, into its answer. */
    public static void answer(HttpServletRequest request, HttpServletResponse response) {
        var id = of(request);
        if (id != null) {
            response.setHeader(HEADER, id);
        }
    }

    /** This request's id, or {@code null} if nothing has given it one. */
    public static @Nullable String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : null;
    }
}
