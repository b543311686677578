package io.reelgate.admission.lane;

import io.reelgate.job.HoldReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account and a model that jobs wait for, or that took none lately.
 *
 * @param model of the jobs; empty: the whole account
 * @param reason why it is closed, or was before jobs began to go again
 * @param message the same in the upstream's words
 * @param since when it was closed, or opened again
 * @param nextTryAt when one job is tried; {@code null} while it is open
 * @param tries how many failed since it closed
 * @param room how many attempts may be under way at once while it is open
 */
public record Lane(
        int account,
        String model,
        HoldReason reason,
        String message,
        Instant since,
        @Nullable Instant nextTryAt,
        int tries,
        int room) {

    /** The model of the lane that is a whole account. */
    static final String WHOLE_ACCOUNT = "";

    /** Whether jobs go, some at a time. */
    public boolean isOpen() {
        return nextTryAt == null;
    }

    /** Whether all models of the account are meant. */
    public boolean isWholeAccount() {
        return model.equals(WHOLE_ACCOUNT);
    }

    /** Whether a job may be tried at this instant, as far as the lane is concerned. */
    public boolean isDue(Instant now) {
        return nextTryAt == null || !nextTryAt.isAfter(now);
    }
}
