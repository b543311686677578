package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobCounts;
import io.reelgate.operations.JobsByEnd.Ending;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsByEndTests {

    @ParameterizedTest
    @CsvSource({
        "SUBMITTING, RUNNING",
        "HELD, RUNNING",
        "QUEUED, RUNNING",
        "IN_PROGRESS, RUNNING",
        "SUCCEEDED, SUCCEEDED",
        "FAILED, FAILED",
        "EXPIRED, FAILED",
        "REJECTED, REFUSED",
        "UNAVAILABLE, REFUSED",
        "CANCELLED, REFUSED",
        "UNCONFIRMED, UNCONFIRMED"
    })
    void countsEachStatusInOneEnding(JobStatus status, Ending ending) {
        var jobs = new JobsByEnd(new JobCounts(Map.of(status, 3L), 0, 0));

        assertThat(Stream.of(Ending.values()).filter(one -> jobs.in(one) != 0)).containsExactly(ending);
        assertThat(jobs.in(ending)).isEqualTo(3);
    }

    @Test
    void namesEachCount() {
        var jobs = new JobsByEnd(new JobCounts(
                Map.of(
                        JobStatus.SUCCEEDED, 1L,
                        JobStatus.FAILED, 2L,
                        JobStatus.EXPIRED, 3L,
                        JobStatus.REJECTED, 6L,
                        JobStatus.UNCONFIRMED, 7L,
                        JobStatus.QUEUED, 8L),
                0,
                0));

        assertThat(jobs.succeeded()).isEqualTo(1);
        assertThat(jobs.failed()).isEqualTo(5);
        assertThat(jobs.refused()).isEqualTo(6);
        assertThat(jobs.unconfirmed()).isEqualTo(7);
        assertThat(jobs.running()).isEqualTo(8);
    }

    /** Neither those that bought nothing nor those that are not known yet say anything about the upstream's success. */
    @Test
    void goesByTheJobsThatTheUpstreamTookAndEnded() {
        var counts = new JobCounts(
                Map.of(
                        JobStatus.SUCCEEDED, 3L,
                        JobStatus.FAILED, 1L,
                        JobStatus.REJECTED, 50L,
                        JobStatus.UNCONFIRMED, 50L,
                        JobStatus.QUEUED, 50L),
                0,
                0);

        assertThat(new JobsByEnd(counts).successRate()).isEqualTo(0.75);
    }

    @Test
    void hasNoRateWithoutAnEnd() {
        assertThat(new JobsByEnd(JobCounts.NONE).successRate()).isNull();
        assertThat(new JobsByEnd(new JobCounts(Map.of(JobStatus.QUEUED, 5L), 5, 0)).successRate())
                .isNull();
    }
}
