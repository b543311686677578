package io.reelgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away an {@code Accept} that the management endpoints cannot read: they parse it once more than Spring MVC does, less
 * leniently, and would fail at an empty element.
 */
public class AcceptFilter extends OncePerRequestFilter {

    private final ErrorResponses errors;

    public AcceptFilter(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isReadable(request)) {
            chain.doFilter(request, response);
        } else {
            errors.write(HttpStatus.NOT_ACCEPTABLE, request, response);
        }
    }

    private static boolean isReadable(HttpServletRequest request) {
        try {
            Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                    .flatMap(line -> MimeTypeUtils.tokenize(line).stream())
                    .forEach(MimeTypeUtils::parseMimeType);
            return true;
        } catch (InvalidMimeTypeException _) {
            return false;
        }
    }
}
