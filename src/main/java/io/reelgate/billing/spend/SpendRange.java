package io.reelgate.billing.spend;

import java.time.LocalDate;
import java.util.List;

/**
 * Days of the bill, both ends included.
 *
 * @param from at most so many days before the other one as {@link #MOST_DAYS} says
 */
public record SpendRange(LocalDate from, LocalDate to) {

    /** A leap year: more is asked for in pieces. */
    public static final int MOST_DAYS = 366;

    /** Other years are a mistake. */
    public static final int FIRST_YEAR = 2000;

    public static final int LAST_YEAR = 9998;

    /** Whether the two are the ends of a range that can be asked for. */
    public static boolean isPossible(LocalDate from, LocalDate to) {
        return !from.isAfter(to)
                && from.getYear() >= FIRST_YEAR
                && to.getYear() <= LAST_YEAR
                && to.isBefore(from.plusDays(MOST_DAYS));
    }

    /** Each of its days. */
    public List<LocalDate> days() {
        return from.datesUntil(to.plusDays(1)).toList();
    }
}
