package io.reelgate.archive.copy;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.reelgate.text.Sanitizer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;

/** Says what went wrong on the way to a film, without the link, whose query is a signature. */
final class Words {

    private static final int LONGEST = 300;

    private Words() {}

    static String of(Throwable failure) {
        Throwable cause = failure;
        String words = null;
        while (cause != null && (words = known(cause)) == null) {
            cause = cause.getCause();
        }
        return words == null ? failure.getClass().getSimpleName() : words;
    }

    /** What is wrong with the store, for ops. */
    static String ofFile(IOException failure) {
        var message = failure.getMessage();
        var name = failure.getClass().getSimpleName();
        var words = message == null || message.isBlank()
                ? name
                : failure instanceof FileSystemException ? name + " " + message : message;
        return Sanitizer.cut(Sanitizer.oneLine(words), LONGEST);
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
