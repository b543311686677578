package io.reelgate.job;

/**
 * A change of status that was made.
 *
 * @param app whose job it was
 * @param model of that job
 * @param account of its latest attempt
 * @param attempt the number of that
 * @param status where it came to
 */
public record AppliedTransition(
        Transition transition, String app, String model, int account, int attempt, JobStatus status) {

    /** The id of the job. */
    public String jobId() {
        return transition.jobId();
    }
}
