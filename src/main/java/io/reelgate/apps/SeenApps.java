package io.reelgate.apps;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The names of which a job was accepted, and when last. They are noted in memory and written together, so an accepted job pays
 * neither a statement nor a transaction for it; what a crash forgets comes with the app's next job.
 */
@Component
class SeenApps implements TransitionListener {

    private static final Logger log = LoggerFactory.getLogger(SeenApps.class);

    /** Names are what callers say: whoever makes them up must not fill the table, nor the page. */
    static final int MOST = 1_000;

    /** Rows that another replica is at are left to it, so that no two wait for each other. */
    private static final String WRITE = """
            with noted as (
              select * from unnest(?::text[], ?::timestamptz[]) as noted (name, at)),
            seen as (
              update app_seen set last_seen_at = greatest(last_seen_at, noted.at) from noted
              where app_seen.name = noted.name and app_seen.name in (
                select name from app_seen where name = any (?::text[]) for update skip locked))
            insert into app_seen (name, first_seen_at, last_seen_at)
            select name, at, at from noted where not exists (select from app_seen where app_seen.name = noted.name)
            order by at, name limit greatest(0, ? - (select count(*) from app_seen))
            on conflict do nothing
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    /** When an app's first and latest jobs were accepted. */
    record Seen(Instant first, Instant last) {}

    SeenApps(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public boolean concerns(Transition transition) {
        return false;
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {}

    @Override
    public void noted(List<AppliedTransition> transitions) {
        for (var applied : transitions) {
            if (applied.transition() instanceof Transition.Accepted) {
                note(applied.app());
            }
        }
    }

    void note(String app) {
        if (noted.size() < MOST || noted.containsKey(app)) {
            noted.put(app, clock.instant());
        }
    }

    /** How many names wait to be written. */
    int waiting() {
        return noted.size();
    }

    @Scheduled(fixedDelayString = "5s", initialDelayString = "5s")
    void write() {
        var batch = Map.copyOf(noted);
        if (batch.isEmpty()) {
            return;
        }
        try {
            var names = batch.keySet().stream().sorted().toArray(String[]::new);
            var times = List.of(names).stream()
                    .map(name -> String.valueOf(batch.get(name)))
                    .toArray(String[]::new);
            jdbc.sql(WRITE).params(names, times, names, MOST).update();
            batch.forEach(noted::remove);
        } catch (DataAccessException e) {
            log.info("Which apps were seen could not be written now: {}", e.getMessage());
        }
    }

    Optional<Seen> find(String app) {
        return jdbc.sql("select * from app_seen where name = ?")
                .param(app)
                .query((row, _) -> seen(row))
                .optional();
    }

    Map<String, Seen> all() {
        var all = new HashMap<String, Seen>();
        jdbc.sql("select * from app_seen").query(row -> {
            all.put(row.getString("name"), seen(row));
        });
        return all;
    }

    private static Seen seen(ResultSet row) throws SQLException {
        return new Seen(instant(row.getTimestamp("first_seen_at")), instant(row.getTimestamp("last_seen_at")));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }
}
