package io.reelgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id and puts it, with the app's name, into the context of the log.
 *
 * <p>An {@code X-Request-Id} that the caller sent is kept if it is 1 to 64 letters, digits, {@code .}, {@code _} or
 * {@code -}; anything else could forge log lines or headers, so it is replaced rather than refused: the id is a service,
 * no reason to turn a job away. Being first in the chain, it covers refusals and answers to unknown paths as well.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIdFilter extends OncePerRequestFilter {

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = identify(request, response);
        var app = sane(request.getHeader("X-Reelgate-App"));
        try {
            MDC.put("request_id", id);
            if (app != null) {
                MDC.put("app", app);
            }
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request_id");
            MDC.remove("app");
        }
    }

    /** An asynchronous answer is finished on another thread, whose log lines need the id too. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    /** Gives the request its id, if it has none yet, and the answer the same; returns it. */
    public static String identify(HttpServletRequest request, HttpServletResponse response) {
        var id = idOf(request);
        request.setAttribute(RequestIds.ATTRIBUTE, id);
        RequestIds.answer(request, response);
        return id;
    }

    private static String idOf(HttpServletRequest request) {
        var known = RequestIds.of(request);
        if (known != null) {
            return known;
        }
        var sent = sane(request.getHeader(RequestIds.HEADER));
        return sent != null ? sent : made();
    }

    private static @Nullable String sane(@Nullable String value) {
        return value != null && SANE.matcher(value).matches() ? value : null;
    }

    /**
     * 44 bits of time in milliseconds, then 36 random ones: unique, not a secret, and in the order of time. A record that
     * looks jobs up by these ids appends to the end of its index; ids without order would dirty a page of it each.
     */
    private static String made() {
        var hex = HexFormat.of();
        return "req_"
                + hex.toHexDigits(System.currentTimeMillis(), 11)
                + hex.toHexDigits(ThreadLocalRandom.current().nextLong(), 9);
    }
}
