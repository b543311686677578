package io.reelgate.security;

import io.reelgate.web.ErrorResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a foreign web page makes a browser change: unsafe methods with another {@code Origin} than the host called,
 * or with a {@code Sec-Fetch-Site} that says so.
 *
 * <p>It stands before the login, so that a browser that remembers a Basic password cannot be made to use it. Programs
 * send neither header and pass.
 */
public class CrossSiteGuard extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final ErrorResponses errors;

    CrossSiteGuard(ErrorResponses errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SAFE.contains(request.getMethod()) || !isForeign(request)) {
            chain.doFilter(request, response);
        } else {
            errors.write(HttpStatus.FORBIDDEN, "foreign", request, response);
        }
    }

    /**
     * Whether the browser says that a page of another origin caused this; {@code same-site} is foreign too, since another
     * port of the same host is another program.
     */
    static boolean isForeignFetch(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    private static boolean isForeign(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.ORIGIN);
        if (header == null) {
            return isForeignFetch(request);
        }
        var origin = WebOrigin.parse(header);
        return origin == null || !origin.addresses(request.getHeader(HttpHeaders.HOST)) || isForeignFetch(request);
    }
}
