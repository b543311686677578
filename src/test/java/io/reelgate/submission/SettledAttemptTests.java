package io.reelgate.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobView;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a job's app is answered after an attempt that bought nothing, by what has become of the job meanwhile. */
class SettledAttemptTests {

    private static final NewJob JOB =
            new NewJob("task_1", "shop", "fast", "kite", "{}", null, null, null, Instant.EPOCH, 1);

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "UNAVAILABLE", "FAILED"})
    void oneThatHasEndedIsAnError(JobStatus status) {
        assertThat(answer(status)).isInstanceOf(SubmissionAnswer.NotBought.class);
    }

    @Test
    void oneThatWaitsIsOnRecord() {
        assertThat(answer(JobStatus.HELD)).isInstanceOf(SubmissionAnswer.Held.class);
    }

    /** The word of a commit was lost, and before the write was repeated the job had its turn. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"SUBMITTING", "QUEUED", "IN_PROGRESS", "SUCCEEDED"})
    void oneThatIsTriedAgainAlreadyIsOnRecordToo(JobStatus status) {
        assertThat(answer(status)).isInstanceOf(SubmissionAnswer.Pending.class);
    }

    private static SubmissionAnswer answer(JobStatus status) {
        return new SettledAttempt(JobView.fresh(JOB, status, null), new NotSent("no connection")).answer();
    }
}
