package io.reelgate.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the upstream's content path has for a task. */
public sealed interface Film {

    /**
     * The film's bytes, as they come. Closing releases the connection; reading throws an {@link IOException} if the
     * upstream stops before the end.
     *
     * @param contentType a video type or {@code application/octet-stream}, if the upstream named one
     * @param length bytes, or -1 if the upstream did not say
     */
    record Stream(@Nullable String contentType, long length, InputStream body) implements Film, Closeable {

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** The film lies at this http(s) address, which answers without the key. */
    record Elsewhere(URI location) implements Film {}

    /** No film now, and why. */
    record Unavailable(String reason) implements Film {}
}
