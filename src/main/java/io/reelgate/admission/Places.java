package io.reelgate.admission;

import io.reelgate.admission.AdmissionDecision.Wait;
import io.reelgate.apps.Apps;
import io.reelgate.job.HoldReason;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many jobs may be with the upstream at once: of the account, and of each app that ops gave a limit. The jobs themselves are
 * counted, under a lock that the transaction holds which adds one; so it is exact over replicas, and there is no counter to drift. Where no
 * limit is set it costs nothing.
 */
@Component
public class Places {

    /** A job in doubt may be with the upstream; after so long it is hardly any more. */
    private static final Duration IN_DOUBT = Duration.ofMinutes(10);

    /** Namespaces of the locks, so that they are nobody else's. */
    private static final int ACCOUNT = 7_301;

    private static final int APP = 7_302;

    private static final String COUNT = """
            select (select count(*) from video_job where status = any (?) and %1$s = ?)
              + (select count(*) from video_job where status = 'unconfirmed' and %1$s = ? and coalesce(sent_at, created_at) > ?)
            """;

    private static final String[] UNDER_WAY =
            Phase.UNDER_WAY.statuses().stream().map(JobStatus::word).toArray(String[]::new);

    private final JdbcClient jdbc;
    private final Apps apps;
    private final Clock clock;
    private final @Nullable Integer limit;

    Places(JdbcClient jdbc, Apps apps, Clock clock, PlacesProperties properties) {
        this.jdbc = jdbc;
        this.apps = apps;
        this.clock = clock;
        this.limit = properties.maxInFlight();
    }

    /** Whether a limit holds of this app's jobs, so that they have to look. */
    public boolean areLimited(String app) {
        return limit != null || apps.maxInFlight(app) != null;
    }

    /**
     * Why one more job of this app has no place; empty if it has one, which is the caller's until its transaction ends: whoever comes
     * meanwhile waits for that.
     */
    public Optional<Wait> full(String app, int account) {
        if (room(account) <= 0) {
            return Optional.of(full("As many jobs are with the upstream as may be at once, " + limit));
        }
        var own = apps.maxInFlight(app);
        return own != null && room(app, own) <= 0
                ? Optional.of(full("As many jobs of this app are with the upstream as may be at once, " + own))
                : Optional.empty();
    }

    /** How many more jobs of this account have a place; they are the caller's until its transaction ends. */
    public int room(int account) {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        lock(ACCOUNT, account);
        return limit - count("account", account);
    }

    /** The same of each app that ops gave a limit. */
    public Map<String, Integer> rooms() {
        var rooms = new TreeMap<String, Integer>();
        apps.registered().forEach((app, settings) -> {
            if (settings.maxInFlight() != null) {
                rooms.put(app, settings.maxInFlight());
            }
        });
        rooms.replaceAll(this::room);
        return rooms;
    }

    private int room(String app, int own) {
        lock(APP, app.hashCode());
        return own - count("app", app);
    }

    /** Queues with whoever else counts the same; given back by the end of the transaction. */
    private void lock(int namespace, int key) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(?, ?)")
                .params(namespace, key)
                .query(Integer.class)
                .single();
    }

    private int count(String column, Object value) {
        return jdbc.sql(COUNT.formatted(column))
                .params(UNDER_WAY, value, value)
                .param(clock.instant().minus(IN_DOUBT).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    private static Wait full(String message) {
        return new Wait(HoldReason.PLACES, message);
    }
}
