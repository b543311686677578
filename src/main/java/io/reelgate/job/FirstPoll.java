package io.reelgate.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides when a job that was just accepted is worth a first look. */
public interface FirstPoll {

    /** How long after its acceptance to ask for this job, of this model, length and size. */
    Duration after(String jobId, String model, @Nullable String seconds, @Nullable String size);

    /** Before this age hardly a job of this model, length and size has ended, so it is asked for rarely; or {@code null}. */
    @Nullable
    Duration earliestEnd(String jobId, String model, @Nullable String seconds, @Nullable String size);
}
