package io.reelgate.billing.charge;

import io.reelgate.billing.BillingDays;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps totals of days that are over, so that nobody has to add up millions of charges. They are made of nothing but the charges,
 * and can be made anew at any time; a day without any is read from its charges.
 *
 * <p>Who books something on a day that is over takes its totals away, under a lock of that day which the making of totals takes
 * alone: none are made of half of what is booked. A day that goes on costs no lock.
 */
@Component
public class ClosedDays {

    private static final Logger log = LoggerFactory.getLogger(ClosedDays.class);

    /** More than any transaction takes, and than clocks of replicas differ. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    private static final int MOST_AT_ONCE = 40;

    /** Tells these locks from all others. */
    private static final int LOCK = 0x5be4d;

    private static final String LOCK_SHARED =
            "select pg_advisory_xact_lock_shared(?, day) from unnest(?::integer[]) as day";

    // A day is looked for by the index, one after the other: few have no totals.
    private static final String UNMADE = """
            select ended::date from generate_series((select min(day) from charge), ?::date, interval '1 day') as past (ended)
            where not exists (select from spend_day where day = ended::date)
              and exists (select from charge where day = ended::date)
            order by ended desc limit ?
            """;

    private static final String MAKE = """
            insert into spend_total (day, app, model, currency, jobs, unpriced, tokens, settled, estimated, possibly_spent)
            select day, app, model, coalesce(currency, ''), sum(jobs), sum(unpriced), sum(tokens), sum(settled),
              sum(estimated), sum(possibly_spent)
            from charge where day = ? group by day, app, model, coalesce(currency, '')
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final BillingDays days;
    private final Clock clock;

    public ClosedDays(JdbcClient jdbc, TransactionOperations transaction, BillingDays days, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.days = days;
        this.clock = clock;
    }

    /** Books on these days, and takes the totals away of those that are over; in the caller's transaction. */
    void whileChanged(SortedSet<LocalDate> touched, Runnable booking) {
        var over = touched.headSet(days.today());
        if (over.isEmpty()) {
            booking.run();
            return;
        }
        var numbers = over.stream().map(ClosedDays::number).toArray(Integer[]::new);
        jdbc.sql(LOCK_SHARED).params(LOCK, numbers).query((_, _) -> 0).list();
        booking.run();
        jdbc.sql(
                        "delete from spend_day where day in (select day from spend_day where day = any (?::date[]) order by day for update)")
                .param(over.stream().map(LocalDate::toString).toArray(String[]::new))
                .update();
    }

    /** Makes the totals of days that are over and have none; returns of how many. */
    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    public int make() {
        var last = days.of(clock.instant().minus(MARGIN)).minusDays(1);
        var unmade = jdbc.sql(UNMADE)
                .params(last, MOST_AT_ONCE)
                .query((row, _) -> row.getObject(1, LocalDate.class))
                .list();
        unmade.forEach(this::make);
        return unmade.size();
    }

    /** Makes all totals anew, as by {@link #make()}. */
    public void forget() {
        jdbc.sql("delete from spend_day").update();
    }

    private void make(LocalDate day) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(?, ?)")
                    .params(LOCK, number(day))
                    .query((_, _) -> 0)
                    .list();
            if (jdbc.sql("insert into spend_day (day) values (?) on conflict do nothing")
                            .param(day)
                            .update()
                    == 1) {
                jdbc.sql(MAKE).param(day).update();
                log.debug("The totals of {} are made", day);
            }
        });
    }

    private static int number(LocalDate day) {
        return Math.toIntExact(day.toEpochDay());
    }
}
