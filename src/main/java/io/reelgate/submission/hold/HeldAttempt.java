package io.reelgate.submission.hold;

import java.util.concurrent.CompletionStage;

/** Makes the attempt of a job whose turn it is. */
@FunctionalInterface
public interface HeldAttempt {

    /** Begins it on a thread of its own; completes when its outcome is on record, or cannot be written down any more. */
    CompletionStage<?> begin(Turn turn);
}
