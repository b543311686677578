package io.reelgate.archive.library;

import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.FilmState;
import io.reelgate.archive.KeptFilm;
import io.reelgate.archive.NoSuchFilmException;
import io.reelgate.archive.store.FilmStore;
import io.reelgate.job.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The films that are kept, and what is on record of those that are not. */
@Service
public class FilmLibrary {

    private static final Logger log = LoggerFactory.getLogger(FilmLibrary.class);

    private static final Duration SOON = Duration.ofHours(6);
    private static final Duration LATELY = Duration.ofDays(1);

    private static final String NUMBERS = """
            select total.films, total.bytes, waiting.*, lost.*, gone.*
            from archive_total total,
              lateral (select count(*) as waiting, min(job_id) as oldest,
                  count(*) filter (where link_ends_at < ? and (tries > 0 or due_at < now() - interval '1 minute')) as ending_soon,
                  min(link_ends_at) filter (where tries > 0 or due_at < now() - interval '1 minute') as next_end
                from film where due_at is not null) waiting,
              lateral (select count(*) filter (where gone_at is null) as lost from (
                  select gone_at from film where (state = 'missing' or gone_at is not null) and job_id >= ?
                  limit 10000) latest) lost,
              lateral (select count(*) as gone from (
                  select from film where gone_at >= ? limit 10000) latest) gone
            """;

    private final JdbcClient jdbc;
    private final FilmStore store;
    private final Clock clock;

    FilmLibrary(JdbcClient jdbc, FilmStore store, Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.clock = clock;
    }

    /** What is on record of this job's film; empty if nobody was to keep it. */
    public Optional<FilmRecord> find(String jobId) {
        return jdbc.sql("select * from film where job_id = ?")
                .param(jobId)
                .query((row, _) -> film(row))
                .optional();
    }

    /** So many bytes of a kept film from this one on; throws {@link NoSuchFilmException} if it is gone, else if the store is away. */
    public InputStream open(FilmRecord film, long from, long length) throws IOException {
        return told(film, kept -> store.open(kept.location(), from, length));
    }

    /** A kept film as a file of this machine, if it is one; throws as {@link #open} does. */
    public Optional<Path> file(FilmRecord film) throws IOException {
        return told(film, kept -> {
            var file = store.file(kept.location());
            if (file.isPresent() && Files.size(file.get()) != kept.size()) {
                throw new NoSuchFilmException(kept.location());
            }
            return file;
        });
    }

    /**
     * How much is kept, and how much is not, as of now. Of the lost, films of jobs of the last day are looked for; of the gone,
     * those that were found gone in the last day, however old.
     */
    public ArchiveNumbers numbers() {
        var now = clock.instant();
        var lately = now.minus(LATELY);
        return jdbc.sql(NUMBERS)
                .params(now.plus(SOON).atOffset(ZoneOffset.UTC), JobId.floor(lately), lately.atOffset(ZoneOffset.UTC))
                .query((row, _) -> numbers(row))
                .single();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(KeptFilm film) throws IOException;
    }

    /** What is found out by the way about where the film is, or is not, goes on record. */
    private <T> T told(FilmRecord film, Reading<T> reading) throws IOException {
        var kept = Objects.requireNonNull(film.kept());
        try {
            var read = reading.of(kept);
            if (film.goneAt() != null) {
                markFound(kept);
            }
            return read;
        } catch (NoSuchFilmException gone) {
            if (film.goneAt() == null) {
                markGone(kept);
                log.error("Job {}: its film was kept and is gone from the store ({})", kept.jobId(), kept.location());
            }
            throw gone;
        }
    }

    private void markGone(KeptFilm film) {
        jdbc.sql("update film set gone_at = ? where job_id = ? and state = 'kept'")
                .params(clock.instant().atOffset(ZoneOffset.UTC), film.jobId())
                .update();
    }

    private void markFound(KeptFilm film) {
        jdbc.sql("update film set gone_at = null where job_id = ?")
                .param(film.jobId())
                .update();
    }

    private static FilmRecord film(ResultSet row) throws SQLException {
        var location = row.getString("location");
        var keptAt = instant(row, "kept_at");
        var state = FilmState.of(row.getString("state"));
        // One that is to be kept once more has the place of its first time.
        boolean described = state == FilmState.KEPT || state == FilmState.REMOVED;
        return new FilmRecord(
                state,
                row.getTimestamp("link_ends_at").toInstant(),
                row.getInt("tries"),
                instant(row, "due_at"),
                row.getString("error"),
                !described || location == null || keptAt == null
                        ? null
                        : new KeptFilm(
                                row.getString("job_id"),
                                location,
                                row.getLong("size"),
                                row.getString("sha256"),
                                row.getString("type"),
                                keptAt),
                instant(row, "gone_at"));
    }

    private static ArchiveNumbers numbers(ResultSet row) throws SQLException {
        var oldest = row.getString("oldest");
        return new ArchiveNumbers(
                row.getLong("films"),
                row.getLong("bytes"),
                row.getLong("waiting"),
                oldest == null ? null : JobId.createdAt(oldest),
                row.getLong("ending_soon"),
                instant(row, "next_end"),
                row.getLong("lost"),
                row.getLong("gone"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
