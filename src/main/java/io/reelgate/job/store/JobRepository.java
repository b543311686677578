package io.reelgate.job.store;

import io.reelgate.job.query.JobQueries;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** Jobs to be changed, locked until the transaction ends; for reading see {@link JobQueries}. */
public interface JobRepository extends Repository<VideoJob, String> {

    /** The job of this id. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<VideoJob> findById(String id);

    /**
     * At most {@code limit} jobs of this status that were created before this instant, and that have not become unconfirmed
     * since, leaving out what others hold.
     *
     * @param floor the least id of that instant
     */
    @NativeQuery("select " + VideoJob.COLUMNS + """
             from video_job where status = :status and id < :floor and not exists (
              select from job_event event
              where event.job_id = video_job.id and event.kind = 'unconfirmed' and event.at > :instant)
            order by id limit :limit for update skip locked
            """)
    List<VideoJob> findStale(String status, String floor, Instant instant, int limit);
}
