package io.reelgate.job;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Jobs to be changed, locked until the transaction ends; for reading see {@link JobHistory}. */
public interface Jobs extends Repository<VideoJob, String> {

    /** The job of this id. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<VideoJob> findById(String id);

    /** The jobs of these ids, locked in the order of their ids. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select job from VideoJob job where job.id in :ids order by job.id")
    List<VideoJob> findAll(Collection<String> ids);

    /** At most {@code limit} jobs of this status with an id below {@code before}, leaving out what others hold. */
    @NativeQuery("""
            select * from video_job where status = :status and id < :before
            order by id limit :limit for update skip locked
            """)
    List<VideoJob> findStale(String status, String before, int limit);
}
