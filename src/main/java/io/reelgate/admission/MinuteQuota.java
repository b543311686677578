package io.reelgate.admission;

import io.reelgate.admission.AdmissionDecision.Admitted;
import io.reelgate.admission.AdmissionDecision.Reason;
import io.reelgate.admission.AdmissionDecision.Refused;
import io.reelgate.apps.Apps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts each app's jobs per minute in PostgreSQL, so that the limit is exact over all replicas. It is the app's own, if ops gave
 * it one, else the gateway's.
 *
 * <p>An app that is over its limit is remembered until its minute ends: a loop gone wild then costs no counting, only the
 * look for its {@code Idempotency-Key} if it sends one.
 */
@Component
public class MinuteQuota {

    private record Taken(boolean admitted, double secondsLeft) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final @Nullable Integer limit;
    private final Apps apps;
    private final Map<String, Full> full = new ConcurrentHashMap<>();

    /** An app's limit that it reached, and when that minute ends. */
    private record Full(int limit, Instant until) {}

    MinuteQuota(JdbcClient jdbc, Clock clock, RateProperties properties, Apps apps) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.limit = properties.jobsPerMinute();
        this.apps = apps;
    }

    /** Takes one job of this minute's; refuses until the next minute if none is left. */
    AdmissionDecision take(String app) {
        var ownLimit = apps.jobsPerMinute(app);
        return ownLimit != null ? take(app, ownLimit) : limit != null ? take(app, limit) : new Admitted();
    }

    private AdmissionDecision take(String app, int limit) {
        var now = clock.instant();
        var reached = full.get(app);
        // Ops may have raised the limit within the minute.
        if (reached != null && limit <= reached.limit() && now.isBefore(reached.until())) {
            return refused(Duration.between(now, reached.until()), limit);
        }
        var taken = count(app, limit);
        if (taken.admitted()) {
            return new Admitted();
        }
        var left = Duration.ofMillis((long) Math.ceil(taken.secondsLeft() * 1000));
        full.put(app, new Full(limit, now.plus(left)));
        return refused(left, limit);
    }

    /** One statement, hence atomic: rivals queue at the row, and the one that finds it full gets no row back. */
    private Taken count(String app, int limit) {
        return jdbc.sql("""
                with taken as (
                  insert into app_minute (app, minute, jobs)
                  values (:app, date_trunc('minute', now(), 'UTC'), 1)
                  on conflict (app, minute) do update set jobs = app_minute.jobs + 1 where app_minute.jobs < :limit
                  returning jobs
                )
                select exists (select from taken) as admitted,
                  extract(epoch from date_trunc('minute', now(), 'UTC') + interval '1 minute' - now()) as seconds_left
                """)
                .param("app", app)
                .param("limit", limit)
                .query(Taken.class)
                .single();
    }

    /** Forgets minutes that are over; without it the table would grow by a row for each app and minute. */
    @Scheduled(fixedDelayString = "5m", initialDelayString = "1s")
    void sweep() {
        var now = clock.instant();
        full.values().removeIf(reached -> !now.isBefore(reached.until()));
        jdbc.sql("delete from app_minute where minute < now() - interval '5 minutes'")
                .update();
    }

    private static Refused refused(Duration left, int limit) {
        return new Refused(
                Reason.RATE_LIMITED,
                "This app may submit " + limit + " jobs a minute and has; nothing was bought. Wait and send again",
                left);
    }
}
