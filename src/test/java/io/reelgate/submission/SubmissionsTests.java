package io.reelgate.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.netty.util.HashedWheelTimer;
import io.reelgate.job.NewJob;
import io.reelgate.upstream.UpstreamClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;

/** What an app is told when the gateway itself is in the way. */
class SubmissionsTests {

    private final Intents intents = mock();
    private final UpstreamClient upstream = mock();
    private final Submission submission = mock();
    private final SubmissionProperties properties = mock();

    /** An error answer would say that nothing was bought. */
    @Test
    void aJobThatIsUnderWayWhileTheGatewayStopsIsPendingAndNoError() {
        var job = new NewJob("task_1", "shop", "fast", "kite", "{}", null, null, null, Instant.EPOCH, 1);
        when(intents.record(any())).thenReturn(new Intents.Intent.Recorded(job));
        when(properties.answerWithin()).thenReturn(Duration.ofMinutes(1));
        var timeouts = new HashedWheelTimer();
        var submissions = new Submissions(
                intents, upstream, mock(), new CallsInFlight(new LifecycleProperties()), mock(), timeouts, properties);
        timeouts.stop();

        assertThat(submissions.submit(submission).answer()).isInstanceOf(SubmissionAnswer.Pending.class);
    }
}
