package io.reelgate.job;

/** A job was asked to take a step that {@link JobStatus} does not know; nothing was changed. */
public class IllegalTransition extends RuntimeException {

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public IllegalTransition(String jobId, JobStatus from, JobStatus to) {
        super("Job %s is %s and cannot become %s".formatted(jobId, from.word(), to.word()));
    }
}
