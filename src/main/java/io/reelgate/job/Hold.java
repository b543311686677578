package io.reelgate.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a job waits, or is being tried after it waited.
 *
 * @param since when it began to wait
 * @param until when it is given up
 * @param position where it stands among those of its app that wait for the same model, from 1; {@code null} if nobody looked
 */
public record Hold(
        HoldReason reason,
        Instant since,
        Instant until,
        @Nullable Long position) {

    /** One whose position nobody looked up. */
    public Hold(HoldReason reason, Instant since, Instant until) {
        this(reason, since, until, null);
    }

    /** The same at this position. */
    public Hold at(long known) {
        return new Hold(reason, since, until, known);
    }
}
