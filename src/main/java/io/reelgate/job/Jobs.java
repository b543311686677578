package io.reelgate.job;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** Jobs to be changed, locked until the transaction ends; for reading see {@link JobHistory}. */
public interface Jobs extends Repository<VideoJob, String> {

    /** The job of this id. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<VideoJob> findById(String id);

    /** At most {@code limit} jobs of this status with an id below {@code before}, leaving out what others hold. */
    @NativeQuery("select " + VideoJob.COLUMNS + """
             from video_job where status = :status and id < :before
            order by id limit :limit for update skip locked
            """)
    List<VideoJob> findStale(String status, String before, int limit);
}
