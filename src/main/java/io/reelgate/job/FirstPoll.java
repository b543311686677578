package io.reelgate.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides when a job that was just accepted is worth a first look. */
public interface FirstPoll {

    /** How long after its acceptance to ask for a job of this model, length and size. */
    Duration after(String model, @Nullable String seconds, @Nullable String size);
}
