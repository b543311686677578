package io.reelgate.api.seedance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That a job waits before it is sent, for an app. */
@Schema(name = "Hold")
record HoldJson(
        @Schema(
                description = "Why: balance, throttled, unreachable, key, address, doubt, paused or places",
                example = "balance")
        String reason,

        @Schema(description = "Since when, in Unix seconds", example = "1795609987")
        long since,

        @Schema(
                description =
                        "Where it stands among the app's own jobs for this model, from 1; only in answers about one job",
                example = "3")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Long position) {

    /** Of a job that waits; {@code null} of any other, also of one that is being tried. */
    static @Nullable HoldJson of(JobView job) {
        var hold = job.hold();
        return hold == null || job.status() != JobStatus.HELD
                ? null
                : new HoldJson(hold.reason().word(), hold.since().getEpochSecond(), hold.position());
    }
}
