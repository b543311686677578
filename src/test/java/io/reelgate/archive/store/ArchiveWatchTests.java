package io.reelgate.archive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.store.ArchiveWatch.Trouble;
import io.reelgate.job.OwnDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ArchiveWatchTests {

    static final OwnDatabase database = new OwnDatabase();

    @TempDir
    Path folder;

    final Bucket store = new Bucket();

    @AfterAll
    static void end() {
        database.close();
    }

    @Test
    void aBucketThatIsCertainlyNotThereEndsTheStart() {
        store.prepares = new IllegalStateException("There is no bucket");

        assertThatIllegalStateException().isThrownBy(watch()::start).withMessage("There is no bucket");
    }

    /** A store that was away at the start may turn out to have no bucket: that is no reason to end what serves. */
    @Test
    void foundOutLaterItIsTrouble() {
        store.prepares = new IOException("away");
        var watch = watch();

        watch.start();
        assertThat(watch.trouble()).map(Trouble::words).hasValue("away");
        store.prepares = new IllegalStateException("There is no bucket");
        watch.look();
        assertThat(watch.trouble()).map(Trouble::words).hasValue("There is no bucket");
        store.prepares = null;
        watch.look();

        assertThat(watch.trouble()).isEmpty();
    }

    @Test
    void withTooLittleRoomNothingIsCopied() {
        var watch = watch(Map.of("a.min-free", "1000000TB"));

        watch.start();

        assertThat(watch.trouble()).map(Trouble::kind).hasValue(Trouble.Kind.DISK);
    }

    private ArchiveWatch watch() {
        return watch(Map.of());
    }

    private ArchiveWatch watch(Map<String, String> more) {
        var settings = new HashMap<String, String>(Map.of("a.store", "filesystem", "a.path", folder.toString()));
        settings.put("a.min-free", "1B");
        settings.putAll(more);
        var properties =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("a", ArchiveProperties.class);
        return new ArchiveWatch(store, database.jdbc, Clock.systemUTC(), properties, new SimpleMeterRegistry());
    }

    /** Fails to get ready as it was told to. */
    static final class Bucket implements FilmStore {

        @Nullable
        Exception prepares;

        @Override
        public String describe() {
            return "test";
        }

        @Override
        public void prepare(boolean fresh) throws IOException {
            switch (prepares) {
                case IOException away -> throw away;
                case RuntimeException missing -> throw missing;
                case null, default -> {}
            }
        }

        @Override
        public void check() {}

        @Override
        public String locationOf(String jobId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void put(String jobId, Film film) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean takeBack(String jobId, Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(String location, long from, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Path> file(String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String location) {
            throw new UnsupportedOperationException();
        }
    }
}
