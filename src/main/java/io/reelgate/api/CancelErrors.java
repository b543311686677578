package io.reelgate.api;

import io.reelgate.submission.hold.Cancellations.Cancellation;
import io.reelgate.web.AppError;
import java.time.Duration;

/** Why a job cannot be called off, as an error of HTTP, whatever the dialect. */
public final class CancelErrors {

    private static final Duration WHILE_IT_IS_TRIED = Duration.ofSeconds(1);

    private CancelErrors() {}

    /** It may be bought at this instant. */
    public static AppError of(Cancellation.BeingTried tried) {
        return notCancellable("The job " + tried.job().id()
                        + " is being sent at this moment; if the upstream does not take it, it waits again")
                .retryAfter(WHILE_IT_IS_TRIED);
    }

    /** It was sent, or has ended. */
    public static AppError of(Cancellation.TooLate tooLate) {
        var job = tooLate.job();
        return notCancellable(
                job.status().ended()
                        ? "The job " + job.id() + " has ended"
                        : "The job " + job.id() + " was sent, and the upstream has no way to call it off");
    }

    private static AppError notCancellable(String message) {
        return AppError.of(409, "not_cancellable", message);
    }
}
