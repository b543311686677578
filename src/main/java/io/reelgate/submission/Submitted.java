package io.reelgate.submission;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A submission as it stands when its app has to be answered.
 *
 * @param over completes when nothing holds the body or its text any more: the outcome is on record, or nothing was sent
 */
public record Submitted(SubmissionAnswer answer, CompletionStage<?> over) {

    /** Nothing was sent, so nothing goes on. */
    static Submitted nothing(SubmissionAnswer answer) {
        return new Submitted(answer, CompletableFuture.completedStage(null));
    }
}
