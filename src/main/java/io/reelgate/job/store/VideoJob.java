package io.reelgate.job.store;

import io.reelgate.job.IllegalTransition;
import io.reelgate.job.JobError;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One video asked for by one app, changed only by methods that say what happened.
 *
 * <p>Each of them throws {@link IllegalTransition} where {@link JobStatus} does not allow the step. What happens to every job
 * is written by {@link JobStore} and {@link JobTransitions}, many jobs at a time; this is for the rest.
 */
@Entity
public class VideoJob {

    /** What is mapped here: nothing that changes a job this way needs prompts, requests, or what is known of the video. */
    static final String COLUMNS = "id, app, model, status, upstream_task_id, created_at, accepted_at, finished_at,"
            + " error_code, error_message, quota_incident_id, version";

    private static final JobError LOST = new JobError("submission_lost", "Ops found that the upstream never took it");

    @Id
    private String id;

    private String app;
    private String model;
    private JobStatus status;
    private @Nullable String upstreamTaskId;
    private Instant createdAt;
    private @Nullable Instant acceptedAt;
    private @Nullable Instant finishedAt;
    private @Nullable String errorCode;
    private @Nullable String errorMessage;
    private @Nullable Long quotaIncidentId;

    @Version
    @Column(nullable = false)
    private int version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected VideoJob() {}

    /** There will be no video. */
    public void failed(JobError error, Instant at) {
        end(JobStatus.FAILED, error, at);
    }

    /** The upstream refused it; {@code incident} is the quota incident it counts in, if it is one. */
    public void rejected(JobError error, @Nullable Long incident, Instant at) {
        end(JobStatus.REJECTED, error, at);
        quotaIncidentId = incident;
    }

    /** The upstream had refused it, as turned out when it had been given up as unconfirmed already. */
    public void refusedLate(JobError error, @Nullable Long incident, Instant at) {
        failed(error, at);
        quotaIncidentId = incident;
    }

    /** It provably never reached the upstream. */
    public void unavailable(JobError error, Instant at) {
        end(JobStatus.UNAVAILABLE, error, at);
    }

    /** Nobody knows whether the upstream took it. */
    public void unconfirmed(JobError why) {
        become(JobStatus.UNCONFIRMED);
        errorCode = why.code();
        errorMessage = why.message();
    }

    /**
     * What the upstream answered to a job that had been given up as unconfirmed leaves it so.
     *
     * @return false if this is on record already
     */
    public boolean unconfirmedLate(JobError why) {
        if (why.code().equals(errorCode) && why.message().equals(errorMessage)) {
            return false;
        }
        errorCode = why.code();
        errorMessage = why.message();
        return true;
    }

    /** Ops found that the upstream never took an unconfirmed job. */
    public void lost(Instant at) {
        if (status != JobStatus.UNCONFIRMED) {
            throw new IllegalTransition(id, status, JobStatus.FAILED);
        }
        failed(LOST, at);
    }

    /**
     * Ops found the task this job became: it is tracked from now on.
     *
     * @throws IllegalTransition unless the job is unconfirmed or was given up
     */
    public void attached(String taskId, Instant at) {
        if (status != JobStatus.UNCONFIRMED) {
            requireReopenable();
        }
        requeue(taskId, at);
    }

    /**
     * Ops want an ended job followed again.
     *
     * @throws IllegalTransition unless the job expired or was given up, and its upstream id is known
     */
    public void reopened(Instant at) {
        requireReopenable();
        if (upstreamTaskId == null) {
            throw new IllegalTransition(id, status, JobStatus.QUEUED);
        }
        requeue(upstreamTaskId, at);
    }

    private void requireReopenable() {
        if (!status.reopens(Objects.requireNonNullElse(errorCode, ""))) {
            throw new IllegalTransition(id, status, JobStatus.QUEUED);
        }
    }

    private void requeue(String taskId, Instant at) {
        status = JobStatus.QUEUED;
        upstreamTaskId = taskId;
        acceptedAt = acceptedAt == null ? at : acceptedAt;
        finishedAt = null;
        errorCode = null;
        errorMessage = null;
    }

    private void end(JobStatus ending, JobError error, Instant at) {
        become(ending);
        finishedAt = at;
        errorCode = error.code();
        errorMessage = error.message();
    }

    private void become(JobStatus next) {
        if (!status.successors().contains(next)) {
            throw new IllegalTransition(id, status, next);
        }
        status = next;
    }

    /** The gateway's id, see {@link JobId}. */
    public String id() {
        return id;
    }

    /** Who asked for it. */
    public String app() {
        return app;
    }

    /** The model asked for. */
    public String model() {
        return model;
    }

    /** Where it stands. */
    public JobStatus status() {
        return status;
    }

    /** The upstream's own id, once known. */
    public @Nullable String upstreamTaskId() {
        return upstreamTaskId;
    }

    /** When the app asked. */
    public Instant createdAt() {
        return createdAt;
    }
}
