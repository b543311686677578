package io.reelgate.job.store;

import io.reelgate.job.JobId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes jobs that ended longer ago than the configured age, in small batches, each a transaction of its own: no lock is
 * held for longer than a blink, and replicas that do it at the same time leave each other's rows alone.
 *
 * <p>A job that has not ended is never deleted, however old it is; nor is one before its film, of which only its row tells where
 * it lies: the archive removes those; nor one whose app is still to be told of its end.
 */
@Component
class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    static final int BATCH = 500;

    // What ended before then was created before then, so the primary key serves: the oldest ids come first.
    // Timelines, idempotency keys and deliveries go with their jobs.
    private static final String DELETE = """
            delete from video_job where id in (
              select id from video_job job where id < ? and finished_at < ?
                and not exists (select from film where film.job_id = job.id)
                and not exists (select from delivery where delivery.job_id = job.id and delivery.state = 'waiting')
              order by id limit ? for update skip locked)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final @Nullable Duration age;

    Retention(JdbcClient jdbc, Clock clock, RetentionProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.age = properties.age();
    }

    /** One pass; returns how many jobs it deleted. */
    @Scheduled(fixedDelayString = "1m", initialDelayString = "1s")
    int sweep() {
        if (age == null) {
            return 0;
        }
        var before = clock.instant().minus(age);
        int deleted = 0;
        int batch;
        do {
            batch = jdbc.sql(DELETE)
                    .params(JobId.floor(before), before.atOffset(ZoneOffset.UTC), BATCH)
                    .update();
            deleted += batch;
        } while (batch == BATCH);
        if (deleted > 0) {
            log.info("Deleted {} jobs that ended longer ago than {}", deleted, age);
        }
        return deleted;
    }
}
