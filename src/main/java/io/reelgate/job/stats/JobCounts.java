package io.reelgate.job.stats;

import io.reelgate.job.JobStatus;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many jobs stand where.
 *
 * @param byStatus jobs by status; a status without jobs is absent
 * @param accepted of all of them, those that the upstream took at some time
 * @param tokens billed for their videos, as far as the upstream said
 */
public record JobCounts(Map<JobStatus, Long> byStatus, long accepted, long tokens) {

    /** No jobs at all. * @param tokens billed for their videos, as far as the upstream said
     */
    public static final JobCounts NONE = new JobCounts(Map.of(), 0, 0);

    /** All of them. * @param tokens billed for their videos, as far as the upstream said
     */
    public long jobs() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those in any of these statuses. * @param tokens billed for their videos, as far as the upstream said
     */
    public long in(JobStatus... statuses) {
        return Stream.of(statuses)
                .mapToLong(status -> byStatus.getOrDefault(status, 0L))
                .sum();
    }
}
