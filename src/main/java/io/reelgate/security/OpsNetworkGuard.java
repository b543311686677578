package io.reelgate.security;

import io.reelgate.net.Network;
import io.reelgate.web.ClientAddresses;
import io.reelgate.web.ErrorResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows the console and the metrics to the allowed networks only, before anything else of a request is looked at.
 *
 * <p>Health is for everybody, since a balancer may ask from anywhere; but not with a password, or passwords could be tried
 * from anywhere.
 */
class OpsNetworkGuard extends OncePerRequestFilter {

    private final List<Network> allowedNetworks;
    private final RequestMatcher forEverybody;
    private final ClientAddresses addresses;
    private final ErrorResponses errors;

    OpsNetworkGuard(
            List<Network> allowedNetworks,
            RequestMatcher forEverybody,
            ClientAddresses addresses,
            ErrorResponses errors) {
        this.allowedNetworks = List.copyOf(allowedNetworks);
        this.forEverybody = forEverybody;
        this.addresses = addresses;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isAllowed(request)) {
            chain.doFilter(request, response);
        } else {
            errors.write(HttpStatus.FORBIDDEN, "network", request, response);
        }
    }

    private boolean isAllowed(HttpServletRequest request) {
        var address = addresses.of(request);
        return address != null && allowedNetworks.stream().anyMatch(network -> network.contains(address))
                || request.getHeader(HttpHeaders.AUTHORIZATION) == null && forEverybody.matches(request);
    }
}
