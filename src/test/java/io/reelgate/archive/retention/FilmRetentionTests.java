package io.reelgate.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.store.FilmStore;
import io.reelgate.job.JobId;
import io.reelgate.job.OwnDatabase;
import io.reelgate.job.store.RetentionProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FilmRetentionTests {

    static final Instant NOW = Instant.now();

    static final OwnDatabase database = new OwnDatabase();

    final Bucket store = new Bucket();

    @AfterAll
    static void end() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc
                .sql("truncate video_job cascade; update archive_total set films = 0, bytes = 0")
                .update();
    }

    @Test
    void filmsWhoseTimeIsOverAreDeletedFromTheStoreAndSaidToBe() {
        var old = film("kept", Duration.ofDays(31));
        var young = film("kept", Duration.ofDays(29));

        sweep(Duration.ofDays(30), null);

        assertThat(store.deleted).containsExactly("at/" + old);
        assertThat(states()).containsExactlyInAnyOrderEntriesOf(Map.of(old, "removed", young, "kept"));
        assertThat(total()).isEqualTo("1 10");
    }

    @Test
    void manyGoInSmallSteps() {
        for (int i = 0; i < 2 * 100 + 7; i++) {
            film("kept", Duration.ofDays(31));
        }

        sweep(Duration.ofDays(30), null);

        assertThat(store.deleted).hasSize(207);
        assertThat(total()).isEqualTo("0 0");
    }

    @Test
    void whatTheStoreWillNotDeleteStaysOnRecord() {
        var old = film("kept", Duration.ofDays(31));
        store.away = true;

        sweep(Duration.ofDays(30), null);

        assertThat(states()).containsEntry(old, "kept");
        assertThat(total()).isEqualTo("1 10");
    }

    /** Else a film would lie in the store of which nobody knows. */
    @Test
    void beforeAJobGoesItsFilmDoes() {
        film("kept", Duration.ofDays(91));
        film("missing", Duration.ofDays(91));
        film("removed", Duration.ofDays(91));
        var waiting = film("waiting", Duration.ofDays(91));
        var young = film("kept", Duration.ofDays(89));

        sweep(null, Duration.ofDays(90));

        assertThat(store.deleted).hasSize(1);
        assertThat(states()).containsOnlyKeys(waiting, young);
    }

    @Test
    void withoutAnAgeNothingGoes() {
        film("kept", Duration.ofDays(9_999));

        sweep(null, null);

        assertThat(states()).hasSize(1);
    }

    /** Films that were kept while there was an archive are where they are; only what is nowhere is forgotten. */
    @Test
    void withoutAnArchiveKeptFilmsStayOnRecord() {
        var kept = film("kept", Duration.ofDays(91));
        film("missing", Duration.ofDays(91));

        retention("none", null, Duration.ofDays(90)).sweep();

        assertThat(states()).containsOnlyKeys(kept);
    }

    private void sweep(@Nullable Duration films, @Nullable Duration jobs) {
        retention("filesystem", films, jobs).sweep();
    }

    private FilmRetention retention(String kind, @Nullable Duration films, @Nullable Duration jobs) {
        var settings = new HashMap<String, Object>(Map.of("a.store", kind, "a.path", "/films"));
        if (films != null) {
            settings.put("a.retention", films.toString());
        }
        var properties =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("a", ArchiveProperties.class);
        return new FilmRetention(
                database.jdbc, store, Clock.fixed(NOW, ZoneOffset.UTC), properties, new RetentionProperties(jobs));
    }

    /** A film in this state, whose job ended so long ago. */
    private String film(String state, Duration ago) {
        var ended = NOW.minus(ago).atOffset(ZoneOffset.UTC);
        var id = JobId.next(NOW.minus(ago).minusSeconds(60));
        database.jdbc
                .sql("insert into video_job (id, app, model, prompt, request, status, created_at, finished_at)"
                        + " values (?, 'shop', 'fast', 'kite', '{}', 'succeeded', ?, ?)")
                .params(id, ended, ended)
                .update();
        database.jdbc
                .sql("insert into film (job_id, state, link_ends_at, location, size) values (?, ?, ?, ?, 10)")
                .params(id, state, ended, "at/" + id)
                .update();
        if (state.equals("kept")) {
            database.jdbc
                    .sql("update archive_total set films = films + 1, bytes = bytes + 10")
                    .update();
        }
        return id;
    }

    private Map<String, String> states() {
        var states = new HashMap<String, String>();
        database.jdbc.sql("select job_id, state from film").query(row -> {
            states.put(row.getString(1), row.getString(2));
        });
        return states;
    }

    private String total() {
        return database.jdbc
                .sql("select films || ' ' || bytes from archive_total")
                .query(String.class)
                .single();
    }

    /** Remembers what was deleted. */
    static final class Bucket implements FilmStore {

        final List<String> deleted = new ArrayList<>();
        boolean away;

        @Override
        public String describe() {
            return "test";
        }

        @Override
        public void prepare(boolean fresh) {}

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
        public void delete(String location) throws IOException {
            if (away) {
                throw new IOException("away");
            }
            deleted.add(location);
        }
    }
}
