package io.reelgate.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the upstream's content path has for a task. */
public sealed interface VideoContent {

    /**
     * The film's bytes, or a part of them, as they come. Closing releases the connection; reading throws an {@link IOException}
     * if the upstream stops before the end.
     *
     * @param contentType a video type or {@code application/octet-stream}, without parameters, if the upstream named one
     * @param length bytes in the body, or -1 if the upstream did not say
     * @param contentRange which part it is, such as {@code bytes 0-99/500}; {@code null} for the whole
     * @param headers what else the reader may be told: {@code Accept-Ranges}, {@code ETag}, {@code Last-Modified}
     */
    record Stream(
            @Nullable String contentType,
            long length,
            @Nullable String contentRange,
            Map<String, String> headers,
            InputStream body)
            implements VideoContent, Closeable {

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** The film lies at this http(s) address, which answers without the key. */
    record Elsewhere(URI location) implements VideoContent {}

    /**
     * The film has no such part.
     *
     * @param contentRange how long it is, such as {@code bytes *}{@code /500}, if the upstream said so
     */
    record OutOfRange(@Nullable String contentRange) implements VideoContent {}

    /** No film now, and why. */
    record Unavailable(String reason) implements VideoContent {}
}
