package io.reelgate.api;

import io.reelgate.admission.lane.HoldProperties;
import io.reelgate.apps.Apps;
import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * How long a job may wait where it cannot be sent: as {@code X-Reelgate-Hold} says, else as ops have registered for the app, else as
 * the gateway is configured.
 */
@Component
public class HoldHeader {

    public static final String NAME = "X-Reelgate-Hold";

    /** More seconds than anybody waits, and few enough to count with. */
    private static final int MOST_DIGITS = 9;

    private final Apps apps;
    private final HoldProperties properties;

    HoldHeader(Apps apps, HoldProperties properties) {
        this.apps = apps;
        this.properties = properties;
    }

    /** How long; zero: it does not wait; throws a 400 for a header that says neither yes, no, nor how many seconds. */
    public Duration of(String app, HttpServletRequest request) {
        var values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            var own = apps.hold(app);
            return (own == null ? properties.byDefault() : own) ? properties.longest() : Duration.ZERO;
        }
        if (values.size() > 1) {
            throw wrong();
        }
        return parse(values.getFirst().strip());
    }

    private Duration parse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes" -> properties.longest();
            case "no" -> Duration.ZERO;
            case String seconds when seconds.matches("[0-9]{1," + MOST_DIGITS + "}") -> shorter(seconds);
            default -> throw wrong();
        };
    }

    private Duration shorter(String seconds) {
        var wanted = Duration.ofSeconds(Long.parseLong(seconds));
        return wanted.compareTo(properties.longest()) < 0 ? wanted : properties.longest();
    }

    private static AppError wrong() {
        return AppError.invalid(
                NAME,
                NAME + " must be yes, no, or for how many seconds at most the job may wait where it cannot be sent");
    }
}
