package io.reelgate.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** For whoever has to answer otherwise than was begun. */
public final class Answers {

    private Answers() {}

    /** Takes back what was to be sent, headers included, but for the request's id, which stands in every answer. */
    public static void reset(HttpServletRequest request, HttpServletResponse response) {
        response.reset();
        RequestIds.answer(request, response);
    }
}
