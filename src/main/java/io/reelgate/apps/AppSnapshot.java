package io.reelgate.apps;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * All settings in memory. Once a second one number is read that every change makes another, and all of them only if it did: a
 * submission costs no query, and a change holds everywhere within a second. While the database is away the last known ones
 * stay in force.
 */
@Component
class AppSnapshot implements Apps, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AppSnapshot.class);

    private final AppRepository apps;
    private final JdbcClient jdbc;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile Known known = new Known(-1, Map.of());
    private volatile boolean running;
    private volatile boolean stale;

    private record Known(long revision, Map<String, AppSettings> settings) {}

    AppSnapshot(AppRepository apps, JdbcClient jdbc) {
        this.apps = apps;
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, AppSettings> registered() {
        return known.settings();
    }

    /** Not in the constructor, since the image's training run has no database. */
    @Override
    public void start() {
        look();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server: nobody is let in by settings that are not known yet. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Learns what was changed since. */
    void look() {
        oneAtATime.lock();
        try {
            // First the number, then what belongs to it: what is changed in between is read once more.
            var revision = jdbc.sql("select revision from app_revision where id = 1")
                    .query(Long.class)
                    .single();
            if (revision != known.revision()) {
                known = new Known(
                        revision,
                        apps.findAllByOrderByName().stream()
                                .map(App::registered)
                                .collect(toUnmodifiableMap(RegisteredApp::name, RegisteredApp::settings)));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    @Scheduled(fixedDelayString = "1s", initialDelayString = "1s")
    void refresh() {
        if (!running || oneAtATime.isLocked()) {
            return;
        }
        try {
            look();
            stale = false;
        } catch (DataAccessException | TransactionException e) {
            if (!stale) {
                log.warn("Cannot read what is registered of apps; what was last known stays in force", e);
            }
            stale = true;
        }
    }
}
