package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;

/** A mark on the request for a page that plays a film from wherever the upstream keeps it; all others play our own alone. */
public final class ForeignFilm {

    private static final String PLAYED = ForeignFilm.class.getName();

    private ForeignFilm() {}

    /** The page that is being made for this request may play one. */
    public static void allowOn(HttpServletRequest request) {
        request.setAttribute(PLAYED, true);
    }

    /** Whether the page that was made may. */
    public static boolean isAllowedOn(HttpServletRequest request) {
        return request.getAttribute(PLAYED) != null;
    }
}
