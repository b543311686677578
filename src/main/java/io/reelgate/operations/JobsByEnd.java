package io.reelgate.operations;

import io.reelgate.job.JobStatus;
import io.reelgate.job.Phase;
import io.reelgate.job.stats.JobCounts;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs by what ops call their ending: fewer words than the record has. */
public record JobsByEnd(JobCounts counts) {

    /** How a job ended, or that it did not. */
    public enum Ending {
        /** With a video. */
        SUCCEEDED,
        /** Not ended. */
        RUNNING,
        /** Nothing was bought. */
        REFUSED,
        /** Without a video, after the upstream took it or may have taken it. */
        FAILED,
        /** Nobody knows yet. */
        UNCONFIRMED;

        /** The ending that jobs of this phase are counted in. */
        public static Ending of(Phase phase) {
            return switch (phase) {
                case ENDED_WELL -> SUCCEEDED;
                case WAITING, UNDER_WAY -> RUNNING;
                case REFUSED -> REFUSED;
                case ENDED_BADLY -> FAILED;
                case IN_DOUBT -> UNCONFIRMED;
            };
        }

        /** As it stands in messages and style sheets. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The statuses that are counted in it. */
        public Stream<JobStatus> statuses() {
            return Arrays.stream(JobStatus.values()).filter(status -> of(status.phase()) == this);
        }
    }

    /** How many ended so. */
    public long in(Ending ending) {
        return counts.in(ending.statuses().toArray(JobStatus[]::new));
    }

    /** Those with a video. */
    public long succeeded() {
        return in(Ending.SUCCEEDED);
    }

    /** Those without one that the upstream took, or may have taken. */
    public long failed() {
        return in(Ending.FAILED);
    }

    /** Those that bought nothing. */
    public long refused() {
        return in(Ending.REFUSED);
    }

    /** Those of which nobody knows yet. */
    public long unconfirmed() {
        return in(Ending.UNCONFIRMED);
    }

    /** Those that have not ended. */
    public long running() {
        return in(Ending.RUNNING);
    }

    /** Of those that the upstream took and ended, 0 to 1; {@code null} if there are none. */
    @Nullable
    public Double successRate() {
        long ended = succeeded() + failed();
        return ended == 0 ? null : Double.valueOf((double) succeeded() / ended);
    }
}
