package io.reelgate.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Nothing was sent: the address is not among those that may be connected to. */
public final class ForbiddenAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(SocketAddress address) {
        super(literal(address) + " is not in the allowed networks");
    }

    /** The exception itself, if it is what this failure comes from; {@code null} if something else is. */
    public static @Nullable ForbiddenAddressException in(Throwable failure) {
        var cause = failure;
        while (cause != null && !(cause instanceof ForbiddenAddressException)) {
            cause = cause.getCause();
        }
        return (ForbiddenAddressException) cause;
    }

    private static String literal(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : String.valueOf(address);
    }

    /** A defence that works is no defect: nobody needs to know from where it was thrown. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
