package io.reelgate.job;

import java.util.Locale;

/** What can happen to a job, as its timeline names it. */
public enum EventKind {
    /** The app asked; the intent is on record, the upstream not yet called. */
    SUBMITTED,
    /** The upstream took it. */
    ACCEPTED,
    /** The upstream refused it. */
    REJECTED,
    /** It never reached the upstream. */
    UNAVAILABLE,
    /** It waits until it may be sent. */
    HELD,
    /** It had waited; its next attempt began. */
    SENT,
    /** It waited, and was called off. */
    CANCELLED,
    /** Nobody knows whether the upstream took it. */
    UNCONFIRMED,
    /** The upstream took it, but the job had already been settled otherwise. */
    ACCEPTED_TOO_LATE,
    /** The upstream began. */
    STARTED,
    /** The video exists. */
    SUCCEEDED,
    /** There will be no video. */
    FAILED,
    /** No end was seen in time. */
    EXPIRED,
    /** Ops asked for a poll at once. */
    POLL_REQUESTED,
    /** Ops named the upstream's task. */
    ATTACHED,
    /** Ops declared it lost. */
    LOST,
    /** Ops had it followed again. */
    REOPENED,
    /** Ops asked that its film be kept at once. */
    FILM_REQUESTED,
    /** Ops said what it came to. */
    CHARGE_CORRECTED;

    /** The word in the database and in the ops API, such as {@code poll_requested}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
