package io.reelgate.archive.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.archive.ArchiveProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Knows whether films can be kept now: the store answers, and the disk for copies has room. Whatever is wrong, submissions go
 * on; only a bucket that certainly is not there ends the start, since that is a mistake in the configuration.
 */
@Component
public class ArchiveWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ArchiveWatch.class);

    private final FilmStore store;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final @Nullable Path path;
    private final long minFree;
    private final boolean keeps;
    private volatile @Nullable Trouble trouble;
    private volatile boolean prepared;
    private volatile boolean running;
    private volatile boolean looked;

    /** Why nothing can be kept now, and since when that is known. */
    public record Trouble(Kind kind, Instant since, String words) {

        /** What is in trouble. */
        public enum Kind {
            STORE,
            DISK
        }
    }

    ArchiveWatch(FilmStore store, JdbcClient jdbc, Clock clock, ArchiveProperties properties, MeterRegistry meters) {
        this.store = store;
        this.jdbc = jdbc;
        this.clock = clock;
        this.path = properties.path();
        this.minFree = properties.minFree().toBytes();
        this.keeps = properties.keeps();
        if (keeps) {
            Gauge.builder("reelgate.archive.free.bytes", this, ArchiveWatch::free)
                    .description("Free space where films are copied to; below reelgate.archive.min-free none is")
                    .register(meters);
            Gauge.builder("reelgate.archive.up", this, watch -> watch.trouble().isEmpty() ? 1 : 0)
                    .description("0 while this replica can keep no films")
                    .register(meters);
        }
    }

    /** Whether films are kept at all. */
    public boolean keeps() {
        return keeps;
    }

    /** What the store is, in a few words. */
    public String describe() {
        return store.describe();
    }

    /** Why nothing can be kept now, if so. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Whether the disk for copies has no more room than it is to have left. */
    public boolean isDiskFull() throws IOException {
        return path != null && Files.getFileStore(path).getUsableSpace() < minFree;
    }

    @Override
    public void start() {
        running = true;
        look();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server and the copier. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Looks at the store and at the disk; what it finds holds until the next look. */
    @Scheduled(fixedDelayString = "10s", initialDelayString = "10s")
    public void look() {
        if (keeps && running) {
            found(lookForTrouble());
            looked = true;
        }
    }

    private @Nullable Trouble lookForTrouble() {
        try {
            Files.createDirectories(Objects.requireNonNull(path));
            if (!prepared) {
                store.prepare(isNew());
                prepared = true;
            }
            store.check();
        } catch (IOException e) {
            return new Trouble(Trouble.Kind.STORE, clock.instant(), words(e));
        } catch (IllegalStateException missing) {
            // Found at the start, it ends that; later it is what a store says that did not answer then.
            if (!looked) {
                throw missing;
            }
            return new Trouble(Trouble.Kind.STORE, clock.instant(), Objects.requireNonNull(missing.getMessage()));
        }
        try {
            return isDiskFull()
                    ? new Trouble(
                            Trouble.Kind.DISK,
                            clock.instant(),
                            "%s has less than %d MB left (reelgate.archive.min-free)"
                                    .formatted(path, minFree / 1_000_000))
                    : null;
        } catch (IOException e) {
            return new Trouble(Trouble.Kind.DISK, clock.instant(), words(e));
        }
    }

    private synchronized void found(@Nullable Trouble now) {
        var before = trouble;
        if (now == null) {
            if (before != null) {
                log.info("Films can be kept again");
            }
            trouble = null;
        } else if (before == null || before.kind() != now.kind()) {
            log.warn("Films wait, none can be kept: {}", now.words());
            trouble = now;
        } else {
            trouble = new Trouble(now.kind(), before.since(), now.words());
        }
    }

    private boolean isNew() {
        return jdbc.sql("select films from archive_total").query(Long.class).single() == 0;
    }

    private double free() {
        try {
            return path == null ? Double.NaN : Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
