package io.reelgate.tracking;

import io.reelgate.job.FirstPoll;
import io.reelgate.job.stats.PastJobs.Kind;
import io.reelgate.job.stats.Sample;
import io.reelgate.job.store.PollTicket;
import io.reelgate.lease.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * When to ask for a job: rarely until others of its kind began to end, then soon while it is young, rarely when it is old,
 * later and later while nobody answers.
 */
@Component
class PollSchedule implements FirstPoll {

    private static final Duration OLD_JOB = Duration.ofMinutes(5);
    private static final Duration VERY_OLD_JOB = Duration.ofHours(1);
    private static final Duration INTERVAL_WHEN_OLD = Duration.ofSeconds(30);
    private static final Duration INTERVAL_WHEN_VERY_OLD = Duration.ofMinutes(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);
    private static final Duration RAREST = Duration.ofSeconds(45);
    private static final int RAREST_INTERVALS = 9; // times the shortest interval: 45 s by default, too
    private static final Duration UNTIL_THE_LINK_IS_THERE = Duration.ofSeconds(2);

    private final TrackingProperties properties;
    private final CompletionEstimates estimates;
    private final RetryPolicy retries;

    PollSchedule(TrackingProperties properties, CompletionEstimates estimates) {
        this.properties = properties;
        this.estimates = estimates;
        this.retries = new RetryPolicy(properties.intervalMin().multipliedBy(2), LONGEST_BACKOFF);
    }

    /**
     * An interval before the time at which one in twenty of its kind had ended, or after 45 s, by when what failed at once
     * should be known; after an interval where nothing is known, and for each job of the {@link Sample}, which makes it.
     */
    @Override
    public Duration after(String jobId, String model, @Nullable String seconds, @Nullable String size) {
        var interval = between(properties.intervalMin(), properties.intervalMax());
        var earliest = earliestEnd(jobId, model, seconds, size);
        return earliest == null ? interval : longer(interval, rarely(earliest));
    }

    @Override
    public @Nullable Duration earliestEnd(String jobId, String model, @Nullable String seconds, @Nullable String size) {
        return Sample.contains(jobId) ? null : estimates.earliestEnd(new Kind(model, seconds, size));
    }

    /**
     * After a poll that was answered, for a job of this age: rarely before others of its kind began to end, then at the
     * interval of its age, and so too where the upstream does not know the task.
     *
     * @param took how long the answer took: intervals count from poll to poll, so that a job whose answers are slow is
     *     not noticed later than others
     */
    Duration afterAnswer(PollTicket ticket, Duration age, Duration took) {
        var interval = interval(ticket, age);
        var earliest = ticket.misses() > 0 ? null : ticket.earliest();
        var counted = earliest == null ? interval : longer(interval, rarely(earliest.minus(age)));
        return longer(counted.minus(took), properties.intervalMin().dividedBy(2));
    }

    /** An interval before that much is over, or after 45 s if that is sooner; where intervals are shorter than usual, so is this. */
    private Duration rarely(Duration untilTheFirstEnd) {
        var latest = shorter(RAREST, properties.intervalMin().multipliedBy(RAREST_INTERVALS));
        var spread = between(properties.intervalMin(), properties.intervalMax());
        return shorter(untilTheFirstEnd.minus(spread), jittered(latest));
    }

    private Duration interval(PollTicket ticket, Duration age) {
        if (age.compareTo(VERY_OLD_JOB) > 0) {
            return jittered(longer(INTERVAL_WHEN_VERY_OLD, properties.intervalMax()));
        }
        if (age.compareTo(OLD_JOB) > 0) {
            return jittered(longer(INTERVAL_WHEN_OLD, properties.intervalMax()));
        }
        // Where much is known, the first poll came late and few are left: so these are as close as the upstream likes.
        return estimates.knows(ticket.model()) && !Sample.contains(ticket.jobId())
                ? between(properties.intervalMin(), shorter(closest(), properties.intervalMax()))
                : between(properties.intervalMin(), properties.intervalMax());
    }

    private Duration closest() {
        return properties.intervalMin().multipliedBy(11).dividedBy(10);
    }

    /** After a poll that told nothing, the {@code failures}th in a row; {@code asked} is the upstream's own wish. */
    Duration afterFailure(int failures, @Nullable Duration asked) {
        return retries.after(failures, asked);
    }

    /** After a poll that saw success, but no link yet. */
    Duration untilTheLinkIsThere() {
        return properties.intervalMin().compareTo(UNTIL_THE_LINK_IS_THERE) < 0
                ? properties.intervalMin()
                : UNTIL_THE_LINK_IS_THERE;
    }

    /** Nine tenths of the interval up to all of it, so that jobs of one burst drift apart and no bound is passed. */
    private static Duration jittered(Duration interval) {
        return between(interval.multipliedBy(9).dividedBy(10), interval);
    }

    private static Duration between(Duration least, Duration most) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(least.toMillis(), most.toMillis() + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
