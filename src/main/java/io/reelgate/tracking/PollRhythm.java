package io.reelgate.tracking;

import io.reelgate.job.FirstPoll;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When to ask for a job again: soon while it is young, rarely when it is old, later and later while nobody answers. */
@Component
class PollRhythm implements FirstPoll {

    private static final Duration OLD = Duration.ofMinutes(5);
    private static final Duration VERY_OLD = Duration.ofHours(1);
    private static final Duration INTERVAL_WHEN_OLD = Duration.ofSeconds(30);
    private static final Duration INTERVAL_WHEN_VERY_OLD = Duration.ofMinutes(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);
    private static final int DOUBLINGS = 6;
    private static final Duration BRIEFLY = Duration.ofSeconds(2);

    private final TrackingProperties properties;

    PollRhythm(TrackingProperties properties) {
        this.properties = properties;
    }

    @Override
    public Duration after(String model, @Nullable String seconds, @Nullable String size) {
        return between(properties.intervalMin(), properties.intervalMax());
    }

    /** After a poll that was answered, for a job of this age. */
    Duration afterAnswer(Duration age) {
        if (age.compareTo(VERY_OLD) > 0) {
            return jittered(longer(INTERVAL_WHEN_VERY_OLD, properties.intervalMax()));
        }
        if (age.compareTo(OLD) > 0) {
            return jittered(longer(INTERVAL_WHEN_OLD, properties.intervalMax()));
        }
        return between(properties.intervalMin(), properties.intervalMax());
    }

    /** After a poll that told nothing, the {@code failures}th in a row; {@code asked} is the upstream's own wish. */
    Duration afterFailure(int failures, @Nullable Duration asked) {
        var doubled = properties.intervalMin().multipliedBy(1L << Math.min(failures, DOUBLINGS));
        var backoff = jittered(doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF);
        return asked == null ? backoff : longer(asked, backoff);
    }

    /** After a poll that saw success, but no link yet. */
    Duration briefly() {
        return properties.intervalMin().compareTo(BRIEFLY) < 0 ? properties.intervalMin() : BRIEFLY;
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
}
