package io.reelgate.billing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** The days of the bill: which one it is in the configured zone. */
@Component
public class BillingDays {

    private final ZoneId zone;
    private final Clock clock;

    BillingDays(BillingProperties properties, Clock clock) {
        try {
            this.zone = ZoneId.of(properties.zone());
        } catch (DateTimeException e) {
            throw new InvalidBilling(
                    "reelgate.billing.zone: '%s' is no time zone; write one such as Asia/Shanghai or UTC"
                            .formatted(properties.zone()));
        }
        this.clock = clock;
    }

    /** The zone. */
    public ZoneId zone() {
        return zone;
    }

    /** The day it is now. */
    public LocalDate today() {
        return of(clock.instant());
    }

    /** The day of this instant. */
    public LocalDate of(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** When this day begins. */
    public Instant begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
