package io.reelgate.api.videos;

import io.reelgate.job.query.JobView;
import io.reelgate.web.AppError;
import org.springframework.stereotype.Component;

/** Takes back a job that has not been sent yet; one that was sent goes on, since the upstream has no cancel. */
@Component
class Cancellation {

    /** Returns if the job is cancelled and bought nothing; throws 409 {@code not_cancellable} if it was sent, or has ended. */
    void cancel(JobView job) {
        throw AppError.of(
                        409,
                        "not_cancellable",
                        "The job %s was sent to the upstream, which has no cancel, or it has ended".formatted(job.id()))
                .about("id");
    }
}
