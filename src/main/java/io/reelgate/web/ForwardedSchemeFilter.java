package io.reelgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets addresses in answers begin with {@code https} where a trusted proxy ends TLS and says so in
 * {@code X-Forwarded-Proto}: the address of a film without a link, and what the console gives to copy. Their host is that of
 * {@code Host}, which the proxy passes on.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ForwardedSchemeFilter extends OncePerRequestFilter {

    private static final String HTTPS = "https";

    private final ClientAddresses addresses;

    ForwardedSchemeFilter(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(cameByHttps(request) ? new Https(request) : request, response);
    }

    private boolean cameByHttps(HttpServletRequest request) {
        return HTTPS.equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")) && addresses.isTrustedProxy(request);
    }

    /** Only what addresses are made of; from the proxy to here it is no HTTPS, so {@code isSecure} says what it did. */
    private static final class Https extends HttpServletRequestWrapper {

        Https(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getScheme() {
            return HTTPS;
        }

        /** A {@code Host} without a port means the one of the scheme. */
        @Override
        public int getServerPort() {
            var host = getHeader(HttpHeaders.HOST);
            var port = super.getServerPort();
            return port == 80 && (host == null || !host.endsWith(":80")) ? 443 : port;
        }
    }
}
