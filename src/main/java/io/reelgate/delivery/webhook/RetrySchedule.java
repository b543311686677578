package io.reelgate.delivery.webhook;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery is tried: after a pause of the schedule, of which a random part is waited, from nothing to the whole. A lower bound
 * would have all that failed together come back together.
 */
final class RetrySchedule {

    /** Longer than the longest pause nobody has to wait because a receiver says so. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final List<Duration> pauses;
    private final Clock clock;

    RetrySchedule(List<Duration> pauses, Clock clock) {
        this.pauses = List.copyOf(pauses);
        this.clock = clock;
    }

    /** The pause before the first try. */
    Duration first() {
        return jittered(pauses.getFirst());
    }

    /**
     * The pause before the next try; empty after the last.
     *
     * @param attempts how many there have been
     * @param retryAfter what the receiver asks for in {@code Retry-After}
     */
    Optional<Duration> after(int attempts, @Nullable String retryAfter) {
        if (attempts >= pauses.size()) {
            return Optional.empty();
        }
        var pause = jittered(pauses.get(attempts));
        var asked = asked(retryAfter);
        return Optional.of(asked.compareTo(pause) > 0 ? asked : pause);
    }

    private Duration asked(@Nullable String header) {
        if (header == null) {
            return Duration.ZERO;
        }
        var text = header.strip();
        var asked = text.matches("\\d+") ? seconds(text) : until(text);
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    private static Duration seconds(String digits) {
        return digits.length() > 6 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private Duration until(String date) {
        try {
            return Duration.between(clock.instant(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException | ArithmeticException noDate) {
            return Duration.ZERO;
        }
    }

    private static Duration jittered(Duration pause) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
    }
}
