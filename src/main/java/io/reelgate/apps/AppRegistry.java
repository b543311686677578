package io.reelgate.apps;

import io.reelgate.apps.SeenApps.Seen;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What ops look at and change of the apps. */
@Service
public class AppRegistry {

    /** How many changes of an app are shown. */
    private static final int LATEST = 50;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final AppRepository apps;
    private final SeenApps seen;
    private final AppSnapshot snapshot;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    AppRegistry(
            AppRepository apps,
            SeenApps seen,
            AppSnapshot snapshot,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.apps = apps;
        this.seen = seen;
        this.snapshot = snapshot;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether an app can have this name at all. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** All that are registered or were seen, by name. */
    public List<KnownApp> all() {
        var all = new TreeMap<String, KnownApp>();
        var sightings = seen.all();
        sightings.forEach((name, when) -> all.put(name, known(name, null, when)));
        apps.findAllByOrderByName().stream()
                .map(App::registered)
                .forEach(app -> all.put(app.name(), known(app.name(), app, sightings.get(app.name()))));
        return List.copyOf(all.values());
    }

    /** What is known of this name, if anything is. */
    public Optional<KnownApp> find(String name) {
        var registered = apps.findByName(name).map(App::registered).orElse(null);
        var when = seen.find(name).orElse(null);
        return registered == null && when == null ? Optional.empty() : Optional.of(known(name, registered, when));
    }

    /** The latest changes of this app's settings, the newest first. */
    public List<AppChange> changes(String name) {
        return jdbc.sql("""
                        select kind, detail, changed_at, changed_by from app_change where app = ? order by id desc limit ?
                        """)
                .params(name, LATEST)
                .query((row, _) -> new AppChange(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)))
                .list();
    }

    /**
     * Registers this app, or replaces what was said of it; it holds here at once, and elsewhere within a second.
     *
     * @param name which {@link #isName can be one}
     * @param by the acting user
     * @return what changed, a line for each setting
     */
    public String put(String name, AppSettings settings, String by) {
        var difference = transaction.execute(_ -> {
            reviseOneAtATime();
            var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var app = apps.findByName(name).orElse(null);
            if (app == null) {
                apps.saveAndFlush(new App(name, settings, by, at));
                return remember(name, "registered", settings.difference(AppSettings.NONE), by, at);
            }
            var detail = settings.difference(app.settings());
            if (detail.isEmpty()) {
                return detail;
            }
            app.change(settings, by, at);
            return remember(name, "changed", detail, by, at);
        });
        snapshot.look();
        return difference;
    }

    /**
     * Forgets what was said of this app; that it was seen stays.
     *
     * @return whether anything had been said
     */
    public boolean remove(String name, String by) {
        var removed = transaction.execute(_ -> {
            reviseOneAtATime();
            var app = apps.findByName(name);
            app.ifPresent(found -> {
                var detail = AppSettings.NONE.difference(found.settings());
                apps.delete(found);
                remember(name, "removed", detail, by, clock.instant());
            });
            return app.isPresent();
        });
        snapshot.look();
        return removed;
    }

    /** Remembers that this app was given another webhook secret, the so many-th. */
    public void rotated(String name, int n, String by) {
        remember(
                name, "rotated", "webhook_secret: n = " + n, by, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private void reviseOneAtATime() {
        jdbc.sql("update app_revision set revision = revision + 1 where id = 1").update();
    }

    private String remember(String name, String kind, String detail, String by, Instant at) {
        jdbc.sql("insert into app_change (app, kind, detail, changed_at, changed_by) values (?, ?, ?, ?, ?)")
                .params(name, kind, detail, at.atOffset(ZoneOffset.UTC), by)
                .update();
        return detail;
    }

    private static KnownApp known(String name, @Nullable RegisteredApp registered, @Nullable Seen when) {
        return new KnownApp(name, registered, when == null ? null : when.first(), when == null ? null : when.last());
    }
}
