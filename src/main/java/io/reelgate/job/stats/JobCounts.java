package io.reelgate.job.stats;

import io.reelgate.job.JobStatus;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many jobs stand where.
 *
 * @param byStatus jobs by status; a status without jobs is absent
 * @param accepted of all of them, those that the upstream took at some time
 */
public record JobCounts(Map<JobStatus, Long> byStatus, long accepted) {

    /** No jobs at all. */
    public static final JobCounts NONE = new JobCounts(Map.of(), 0);

    /** All of them. */
    public long jobs() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those in any of these statuses. */
    public long in(JobStatus... statuses) {
        return Stream.of(statuses)
                .mapToLong(status -> byStatus.getOrDefault(status, 0L))
                .sum();
    }
}
