package io.reelgate.net;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;

/** Says in a few words why no answer came, without the address, which may hold a secret. */
public final class Unreachable {

    private Unreachable() {}

    public static String words(Throwable failure) {
        Throwable cause = failure;
        String words = null;
        while (cause != null && (words = known(cause)) == null) {
            cause = cause.getCause();
        }
        return words == null ? failure.getClass().getSimpleName() : words;
    }

    private static @Nullable String known(Throwable failure) {
        return switch (failure) {
            case UnknownHostException _ -> "its host's name could not be resolved";
            case ConnectTimeoutException _ -> "no connection in time";
            case ConnectException _ -> "the connection was refused";
            case SSLException _ -> "no TLS connection";
            case ReadTimeoutException _ -> "nothing came for too long";
            case TimeoutException _ -> "nothing came for too long";
            case PrematureCloseException _ -> "the connection was closed before the end";
            default -> null;
        };
    }
}
