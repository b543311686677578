package io.reelgate.operations;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads a time out of an address. */
final class TimeParameter {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private TimeParameter() {}

    /**
     * {@code 2026-07-20T08:00:00Z}, with another offset, without one (then UTC), or a date alone; from 1970 on. A space
     * stands for the plus sign that it is in an address.
     */
    static Instant read(String parameter, String text) {
        try {
            var moment = parse(text.replace(' ', '+'));
            if (!moment.isBefore(Instant.EPOCH) && !moment.isAfter(LATEST)) {
                return moment;
            }
        } catch (DateTimeException _) {
            // Told below.
        }
        throw OpsProblem.parameter(parameter, parameter + " must be a time such as 2026-07-20T08:00:00Z");
    }

    private static Instant parse(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        var zoned = text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$");
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
