package io.reelgate.job;

import java.time.Instant;

/**
 * One submission of a job to an account.
 *
 * @param number from 1; whatever is written about an attempt changes nothing once a later one has begun
 * @param account the id of the account it goes to
 * @param sentAt when it was begun: sweeps and statistics go by it, not by the age of the job
 */
public record Attempt(String jobId, int number, int account, Instant sentAt) {}
