package io.reelgate.delivery.webhook;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Phase;
import java.time.Instant;

/** What receivers are told. */
enum EventType {
    COMPLETED("video.completed"),
    FAILED("video.failed");

    private static final String PREFIX = "msg_";

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** The event of this end. */
    static EventType of(JobStatus end) {
        return end.phase() == Phase.ENDED_WELL ? COMPLETED : FAILED;
    }

    /** A new event's id, which sorts by the millisecond; without a dot, by which signatures part it from the time. */
    static String newId(Instant at) {
        return PREFIX + tail(JobId.next(at));
    }

    /** The least id that an event of this instant or later can have. */
    static String floor(Instant at) {
        return PREFIX + tail(JobId.floor(at));
    }

    /** Whether this text has the shape of an event's id. */
    static boolean isId(String text) {
        return text.startsWith(PREFIX) && JobId.looksLike("task_" + tail(text, PREFIX.length()));
    }

    private static String tail(String jobId) {
        return tail(jobId, jobId.indexOf('_') + 1);
    }

    private static String tail(String id, int from) {
        return id.substring(from);
    }
}
