package io.reelgate.api.videos;

import io.reelgate.api.CancelErrors;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.hold.Cancellations;
import org.springframework.stereotype.Component;

/** Calls a job off that waits; one that was sent goes on, since the upstream has no cancel. */
@Component
class Cancellation {

    private final Cancellations cancellations;

    Cancellation(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    /** Returns if the job is cancelled and bought nothing; throws 409 {@code not_cancellable} if it was sent, or has ended. */
    void cancel(JobView job) {
        switch (cancellations.cancel(job, null, null)) {
            case Cancellations.Cancellation.Done _ -> {}
            case Cancellations.Cancellation.BeingTried tried -> throw CancelErrors.of(tried);
            case Cancellations.Cancellation.TooLate tooLate -> throw CancelErrors.of(tooLate);
        }
    }
}
