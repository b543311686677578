package io.reelgate.job;

import java.util.Locale;

/** Why a job waits instead of being sent. After each of these it is certain that nothing was bought, so it may go later. */
public enum HoldReason {
    /** The upstream's balance does not cover it. */
    BALANCE("insufficient_quota"),
    /** The upstream takes no more for now. */
    THROTTLED("rate_limited"),
    /** The upstream was not reached, or says that it sends nothing on. */
    UNREACHABLE("upstream_unavailable"),
    /** The upstream refuses the gateway's key. */
    KEY("upstream_key_refused"),
    /** The upstream's address is wrong. */
    ADDRESS("upstream_misconfigured"),
    /** What became of the job before it is not known, so one at a time is tried. */
    DOUBT("upstream_unavailable"),
    /** Ops paused submissions. */
    PAUSED("paused"),
    /** As many jobs are in flight as may be. */
    PLACES("too_many_in_flight");

    private final String code;

    HoldReason(String code) {
        this.code = code;
    }

    /** The word in the database and in answers, such as {@code balance}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a job fails with when it has waited for this as long as it may. */
    public String code() {
        return code;
    }

    /** Whether it keeps the jobs of all models of the account, not only those of the one that was tried. */
    public boolean ofWholeAccount() {
        return this == KEY || this == ADDRESS;
    }

    /** Whether the upstream is the cause, so that one job at a time is tried until it takes one. */
    public boolean closes() {
        return this != PAUSED && this != PLACES;
    }

    /** Whether the upstream itself said so of a job, so that neither its address nor the key is wrong. */
    public boolean isAnswered() {
        return this == BALANCE || this == THROTTLED;
    }

    /** The reason of that word; throws {@link IllegalArgumentException} for any other. */
    public static HoldReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
