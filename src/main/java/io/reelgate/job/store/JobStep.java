package io.reelgate.job.store;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.VideoResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What polls found out about a job in flight that its record does not say yet: it began, or it ended.
 *
 * @param to the status it comes to
 * @param progress percent; never takes the record's back
 * @param film the video, if there is one
 * @param error why there is none, if that is settled
 * @param event what its timeline says of the step
 * @param endedAt when the task ended by the upstream's own word, if it is an end and the upstream says
 */
public record JobStep(
        String jobId,
        JobStatus to,
        int progress,
        @Nullable VideoResult film,
        @Nullable JobError error,
        JobEvent event,
        @Nullable Instant endedAt) {

    private static final int WHOLE = 100;

    /** The upstream began to make it. */
    public static JobStep started(String jobId, Instant at) {
        return new JobStep(jobId, JobStatus.IN_PROGRESS, 0, null, null, JobEvent.of(EventKind.STARTED, at), null);
    }

    /** The video exists. */
    public static JobStep succeeded(String jobId, VideoResult film, Instant at) {
        var event = JobEvent.of(EventKind.SUCCEEDED, at).with("completion_tokens", film.completionTokens());
        return new JobStep(jobId, JobStatus.SUCCEEDED, WHOLE, film, null, event, null);
    }

    /** There will be no video; so far it had come, in percent. */
    public static JobStep failed(String jobId, int progress, JobError error, Instant at) {
        return without(jobId, JobStatus.FAILED, progress, error, JobEvent.of(EventKind.FAILED, at));
    }

    /** No end was seen in time; so far it had come, in percent. */
    public static JobStep expired(String jobId, int progress, JobError error, Instant at) {
        return without(jobId, JobStatus.EXPIRED, progress, error, JobEvent.of(EventKind.EXPIRED, at));
    }

    /** The same step, of a task that ended at this instant if the upstream is right; {@code null} if it does not say. */
    public JobStep endedAt(@Nullable Instant told) {
        return new JobStep(jobId, to, progress, film, error, event, told);
    }

    /** When its end was seen, or {@code null} if this is none. */
    @Nullable
    Instant finishedAt() {
        return to.ended() ? event.at() : null;
    }

    private static JobStep without(String jobId, JobStatus to, int progress, JobError error, JobEvent event) {
        var told = event.with("code", error.code()).with("message", error.message());
        return new JobStep(jobId, to, progress, null, error, told, null);
    }
}
