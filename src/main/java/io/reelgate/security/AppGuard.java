package io.reelgate.security;

import io.reelgate.net.Network;
import io.reelgate.web.AppError;
import io.reelgate.web.ClientAddress;
import io.reelgate.web.ClientAddresses;
import io.reelgate.web.ErrorWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The whole of what stands between a caller and {@code /v1}: the network, then the origin, then the media type.
 *
 * <p>There is no key to ask for, so these three keep the gateway from being reached by accident: by a stranger on an open
 * port, or by a web page in the browser of somebody who is on the right network. An {@code Authorization} header is not
 * looked at. Refusals are in the apps' own envelope.
 */
class AppGuard extends OncePerRequestFilter {

    /** What every webhook carries, from whomever. */
    private static final String WEBHOOK_ID = "webhook-id";

    /** The one route that takes forms, since the SDKs that call it send nothing else. */
    private static final String TAKES_FORMS = "/v1/videos";

    private final List<Network> allowedNetworks;
    private final List<WebOrigin> allowedOrigins;
    private final ClientAddresses addresses;
    private final ErrorWriter errors;

    AppGuard(AccessProperties properties, ClientAddresses addresses, ErrorWriter errors) {
        this.allowedNetworks = properties.allowedNetworks();
        this.allowedOrigins = properties.allowedOrigins();
        this.addresses = addresses;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var address = addresses.of(request);
        if (address != null) {
            request.setAttribute(ClientAddress.ATTRIBUTE, address.getHostAddress());
        }
        var refusal = refusal(request, address);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            errors.write(refusal, request, response);
        }
    }

    private @Nullable AppError refusal(HttpServletRequest request, @Nullable InetAddress address) {
        if (!isAllowed(address)) {
            return AppError.of(
                    403,
                    "network_not_allowed",
                    "Your address is in none of this gateway's allowed networks (reelgate.access.allowed-networks)");
        }
        if (!fromAllowedOrigin(request)) {
            return AppError.of(
                            403,
                            "origin_not_allowed",
                            "Web pages may not call this gateway (reelgate.access.allowed-origins); call it from a server")
                    .about(HttpHeaders.ORIGIN);
        }
        if (request.getHeader(WEBHOOK_ID) != null) {
            return AppError.invalid(
                    WEBHOOK_ID, "This is a webhook; a gateway takes none, or it would tell itself of its own jobs");
        }
        return "POST".equals(request.getMethod()) && !isCancel(request) ? wrongType(request) : null;
    }

    /** Forms are what foreign pages can send without being asked for leave; those are refused by their origin, before this. */
    private static @Nullable AppError wrongType(HttpServletRequest request) {
        var type = request.getContentType();
        var takesForms = TAKES_FORMS.equals(request.getServletPath());
        if (isJson(type) || takesForms && isForm(type)) {
            return null;
        }
        return AppError.of(
                        415,
                        "unsupported_media_type",
                        "Send the job as Content-Type: application/json, in UTF-8"
                                + (takesForms ? ", or as multipart/form-data" : ""))
                .about(HttpHeaders.CONTENT_TYPE);
    }

    /** It needs no body, so whatever comes with it is not looked at. */
    private static boolean isCancel(HttpServletRequest request) {
        return request.getRequestURI().endsWith("/cancel");
    }

    private boolean isAllowed(@Nullable InetAddress address) {
        return address != null && allowedNetworks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Browsers send {@code Origin} with what changes something, and {@code Sec-Fetch-Site} with everything; an image tag
     * on a foreign page shows in the latter only. A preflight is refused from allowed origins as well: there is no CORS.
     */
    private boolean fromAllowedOrigin(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.ORIGIN);
        if (header == null) {
            return !CrossSiteGuard.isForeignFetch(request);
        }
        var origin = WebOrigin.parse(header);
        var preflight = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
        return origin != null && allowedOrigins.contains(origin) && !preflight;
    }

    /** {@code application/json} and nothing like it; a charset, if any is named, must be the only one JSON has. */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            var type = MimeTypeUtils.parseMimeType(contentType);
            var charset = type.getParameter("charset");
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
        } catch (InvalidMimeTypeException _) {
            return false;
        }
    }

    /** What follows the type, the boundary above all, is for the reader of the form to judge. */
    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.MULTIPART_FORM_DATA_VALUE);
    }
}
