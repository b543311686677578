package io.reelgate.archive.copy;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What asking for a film came to. */
sealed interface Download {

    /**
     * The bytes, as they come; to be closed.
     *
     * @param type as the other side says, without parameters
     * @param length in bytes, or -1 if it was not said
     */
    record Body(@Nullable String type, long length, InputStream bytes) implements Download {}

    /** No film now, and why; another try may help. */
    record Failed(Reason reason, String words) implements Download {}

    /** No film, and why; no try will help while the configuration is what it is. */
    record Impossible(Reason reason, String words) implements Download {}
}
