package io.reelgate.upstream.newapi;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3), seconds or a date, as far as it makes sense. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;

    public RetryAfter(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait, more than nothing and at most an hour; {@code null} if the header does not say. */
    @Nullable
    Duration read(@Nullable String header) {
        if (header == null) {
            return null;
        }
        var text = header.strip();
        var wait = text.matches("\\d+(\\.\\d+)?") ? seconds(text) : until(text);
        if (wait == null || !wait.isPositive()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration seconds(String text) {
        var whole = text.replaceFirst("\\..*", "");
        return whole.length() > 6 ? LONGEST : Duration.ofSeconds(Long.parseLong(whole));
    }

    private @Nullable Duration until(String text) {
        try {
            return Duration.between(clock.instant(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException | ArithmeticException noDate) {
            return null;
        }
    }
}
