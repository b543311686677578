package io.reelgate.facade;

import jakarta.servlet.http.HttpServletRequest;

/** Where the address of the current caller is found: an app chooses its name, and no address. */
public final class ClientAddress {

    /** The request attribute that holds the address, a string; set where it is known whom a trusted proxy speaks for. */
    public static final String ATTRIBUTE = "io.reelgate.client-address";

    private ClientAddress() {}

    /** The caller's address; the peer's of the connection if nothing has found out more. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String address ? address : request.getRemoteAddr();
    }
}
