package io.reelgate.api.content;

import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What an app is told that asks for a part of a film which it does not have. */
final class ContentErrors {

    private ContentErrors() {}

    /** A 416; {@code contentRange} says how long the film is, such as {@code bytes *}{@code /500}. */
    static AppError outOfRange(@Nullable String contentRange, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (contentRange != null) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, contentRange);
        }
        return AppError.of(416, "range_not_satisfiable", "The video has no such part")
                .about(HttpHeaders.RANGE);
    }
}
