package io.reelgate.archive.retention;

import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.store.FilmStore;
import io.reelgate.job.JobId;
import io.reelgate.job.store.RetentionProperties;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes films of jobs that ended longer ago than {@code reelgate.archive.retention}, and all that is on record of those whose
 * jobs are about to go ({@code reelgate.retention.age}): the object first, or a row that is gone would leave it there for ever.
 */
@Component
class FilmRetention {

    private static final Logger log = LoggerFactory.getLogger(FilmRetention.class);

    private static final int BATCH = 100;

    // What ended before then was created before then: the oldest ids come first.
    private static final String KEPT = """
            select film.job_id, film.location from film join video_job job on job.id = film.job_id
            where film.state = 'kept' and film.job_id < ? and job.finished_at < ?
            order by film.job_id limit ?
            """;

    private static final String REMOVED = """
            with removed as (
              update film set state = 'removed', gone_at = null where job_id = any (?) and state = 'kept' returning size)
            update archive_total total set films = total.films - removed.films, bytes = total.bytes - removed.bytes
            from (select count(*) as films, coalesce(sum(size), 0) as bytes from removed) removed where removed.films > 0
            """;

    // One that waits goes when it has come to its end.
    private static final String FORGET = """
            delete from film where job_id in (
              select film.job_id from film join video_job job on job.id = film.job_id
              where film.state in ('missing', 'removed') and film.job_id < ? and job.finished_at < ?
              order by film.job_id limit ? for update of film skip locked)
            """;

    private final JdbcClient jdbc;
    private final FilmStore store;
    private final Clock clock;
    private final boolean keeps;
    private final @Nullable Duration films;
    private final @Nullable Duration jobs;

    private record Kept(String jobId, String location) {}

    FilmRetention(JdbcClient jdbc, FilmStore store, Clock clock, ArchiveProperties archive, RetentionProperties jobs) {
        this.jdbc = jdbc;
        this.store = store;
        this.clock = clock;
        this.keeps = archive.keeps();
        this.films = archive.retention();
        this.jobs = jobs.age();
    }

    @Scheduled(initialDelay = 2, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void sweep() {
        if (keeps && films != null) {
            remove(clock.instant().minus(films));
        }
        if (jobs != null) {
            var before = clock.instant().minus(jobs);
            if (keeps) {
                remove(before);
            }
            forget(before);
        }
    }

    private void remove(Instant before) {
        int removed = 0;
        List<Kept> batch;
        try {
            do {
                batch = jdbc.sql(KEPT)
                        .params(JobId.floor(before), before.atOffset(ZoneOffset.UTC), BATCH)
                        .query((row, _) -> new Kept(row.getString(1), row.getString(2)))
                        .list();
                for (var film : batch) {
                    store.delete(film.location());
                }
                jdbc.sql(REMOVED)
                        .param(batch.stream().map(Kept::jobId).toArray(String[]::new))
                        .update();
                removed += batch.size();
            } while (batch.size() == BATCH);
        } catch (IOException e) {
            log.warn("Films whose time is over are not deleted, the store is away: {}", e.getMessage());
        }
        if (removed > 0) {
            log.info("Deleted {} films of jobs that ended before {}", removed, before);
        }
    }

    private void forget(Instant before) {
        int forgotten;
        do {
            forgotten = jdbc.sql(FORGET)
                    .params(JobId.floor(before), before.atOffset(ZoneOffset.UTC), BATCH)
                    .update();
        } while (forgotten == BATCH);
    }
}
