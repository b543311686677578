package io.reelgate.upstream.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.reelgate.text.Sanitizer;
import io.reelgate.upstream.Redactor;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Says in plain words why a call brought no answer. */
final class TransportFailures {

    private static final int LONGEST = 300;
    private static final int DEEPEST_CAUSE = 20;

    private final Redactor redactor;

    TransportFailures(Redactor redactor) {
        this.redactor = redactor;
    }

    String of(Throwable failure) {
        Throwable deepest = failure;
        for (var depth = 0; depth < DEEPEST_CAUSE; depth++) {
            var words = known(deepest);
            var cause = deepest.getCause();
            if (words != null || cause == null) {
                return clean(words == null ? described(deepest) : words);
            }
            deepest = cause;
        }
        return clean(described(deepest));
    }

    /** Whether the call failed on the gateway's own side, which says nothing about the upstream. */
    static boolean isOurs(Throwable failure) {
        Throwable cause = failure;
        for (var depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (isPoolFull(cause) || cause instanceof InterruptedException || cause instanceof Departure.CalledOff) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String known(Throwable failure) {
        return switch (failure) {
            case Throwable busy when isPoolFull(busy) -> "all connections to the upstream are busy";
            case UnknownHostException unknown -> "the upstream's host name could not be resolved";
            case ConnectTimeoutException slow -> "no connection to the upstream in time";
            case ConnectException refused -> "the connection to the upstream was refused";
            case SSLException tls -> "no TLS connection to the upstream: " + tls.getMessage();
            case ReadTimeoutException silent -> "no answer from the upstream in time";
            case TimeoutException slow -> "no answer from the upstream in time";
            case PrematureCloseException closed -> "the upstream closed the connection before it answered";
            case InterruptedException stopped -> "the gateway gave the call up";
            default -> null;
        };
    }

    private static boolean isPoolFull(Throwable failure) {
        return failure instanceof PoolAcquireTimeoutException || failure instanceof PoolAcquirePendingLimitException;
    }

    private static String described(Throwable failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private String clean(String reason) {
        return Sanitizer.cut(Sanitizer.oneLine(redactor.clean(reason)), LONGEST);
    }
}
