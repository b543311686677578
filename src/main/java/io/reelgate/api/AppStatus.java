package io.reelgate.api;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reelgate.job.JobStatus;
import io.reelgate.web.AppError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** A job's status in the words that apps see: the upstream's. */
public enum AppStatus {
    QUEUED,
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    UNKNOWN;

    public static AppStatus of(JobStatus status) {
        return switch (status) {
            case HELD, SUBMITTING, QUEUED -> QUEUED;
            case IN_PROGRESS -> IN_PROGRESS;
            case SUCCEEDED -> COMPLETED;
            case FAILED, EXPIRED, REJECTED, UNAVAILABLE, CANCELLED -> FAILED;
            case UNCONFIRMED -> UNKNOWN;
        };
    }

    /** The statuses that are shown as this word; throws a 400 for a word that is none. */
    public static Set<JobStatus> behind(String word) {
        var shown = Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> AppError.invalid(
                        "status",
                        "'status' must be one of: "
                                + Arrays.stream(values()).map(AppStatus::word).collect(joining(", "))));
        return Arrays.stream(JobStatus.values())
                .filter(status -> of(status) == shown)
                .collect(toUnmodifiableSet());
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
