package io.reelgate.job;

import static io.reelgate.job.JobStatus.CANCELLED;
import static io.reelgate.job.JobStatus.EXPIRED;
import static io.reelgate.job.JobStatus.FAILED;
import static io.reelgate.job.JobStatus.HELD;
import static io.reelgate.job.JobStatus.IN_PROGRESS;
import static io.reelgate.job.JobStatus.QUEUED;
import static io.reelgate.job.JobStatus.REJECTED;
import static io.reelgate.job.JobStatus.SUBMITTING;
import static io.reelgate.job.JobStatus.SUCCEEDED;
import static io.reelgate.job.JobStatus.UNAVAILABLE;
import static io.reelgate.job.JobStatus.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one table of what may follow what, and the ids that jobs go by. */
class JobStatusTests {

    @Test
    void goesForwardOnly() {
        assertThat(SUBMITTING.successors()).containsExactlyInAnyOrder(HELD, QUEUED, REJECTED, UNAVAILABLE, UNCONFIRMED);
        assertThat(QUEUED.successors()).containsExactlyInAnyOrder(IN_PROGRESS, SUCCEEDED, FAILED, EXPIRED);
        assertThat(IN_PROGRESS.successors()).containsExactlyInAnyOrder(SUCCEEDED, FAILED, EXPIRED);
        assertThat(UNCONFIRMED.successors()).containsExactlyInAnyOrder(QUEUED, FAILED);
        assertThat(HELD.successors()).containsExactlyInAnyOrder(SUBMITTING, REJECTED, CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "REJECTED", "UNAVAILABLE", "CANCELLED"})
    void neverLeavesAnEndThatCostNothingOrWasReached(JobStatus end) {
        assertThat(end.ended()).isTrue();
        assertThat(end.reopens("task_lost")).isFalse();
    }

    @Test
    void reopensWhatWasGivenUp() {
        assertThat(EXPIRED.reopens("expired")).isTrue();
        assertThat(FAILED.reopens("task_lost")).isTrue();
        assertThat(FAILED.reopens("submission_lost")).isTrue();
        assertThat(FAILED.reopens("submission_unconfirmed")).isTrue();
        assertThat(FAILED.reopens("generation_failed")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void hasEndedExactlyIfNothingFollows(JobStatus status) {
        assertThat(status.ended()).isEqualTo(status.successors().isEmpty());
        assertThat(status.phase().statuses()).contains(status);
    }

    @ParameterizedTest
    @EnumSource
    void survivesItsWord(JobStatus status) {
        assertThat(JobStatus.of(status.word())).isSameAs(status);
    }

    @Test
    void idsSortByTheirMillisecond() {
        var then = Instant.parse("2026-07-24T12:00:00.123Z");
        var id = JobId.next(then);

        assertThat(JobId.looksLike(id)).isTrue();
        assertThat(id.charAt(17)).isEqualTo('7');
        assertThat(id).isGreaterThanOrEqualTo(JobId.floor(then)).isLessThan(JobId.floor(then.plusMillis(1)));
        assertThat(JobId.next(then)).isNotEqualTo(id);
        assertThat(JobId.looksLike("task_1234567890")).isFalse();
    }
}
