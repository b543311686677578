package io.reelgate.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.SubmissionAnswer.Accepted;
import io.reelgate.submission.SubmissionAnswer.KeyReused;
import io.reelgate.submission.SubmissionAnswer.Pending;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionResult;
import io.reelgate.upstream.UpstreamClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.stubbing.Answer;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.util.unit.DataSize;

/** What an app is told, and when, while its call to the upstream is under way. */
@Timeout(20) // A call whose end is lost would be waited for without end.
class SubmissionsTests {

    private static final NewJob JOB =
            new NewJob("task_1", "shop", "fast", "kite", "{}", null, null, null, Instant.EPOCH, 1);
    private static final JobView QUEUED = JobView.fresh(JOB, JobStatus.QUEUED, "task_up");
    private static final Pending PENDING = new Pending(JobView.fresh(JOB, JobStatus.SUBMITTING, null));
    private static final SubmissionResult TAKEN = new SubmissionResult(new SubmissionOutcome.Accepted("task_up"), null);
    private static final SubmissionProperties PROPERTIES = new SubmissionProperties(
            Duration.ofSeconds(25),
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1));

    private final Submission submission = new Submission(
            "shop",
            null,
            null,
            new VideoRequest("fast", "kite", null, null, "{}".getBytes(StandardCharsets.UTF_8), "{}"));
    private final Intents intents = mock();
    private final UpstreamClient upstream = mock();
    private final OutcomeWriter outcomes = mock();
    private final io.netty.util.Timeout timeout = mock();
    private final CountDownLatch upstreamAnswers = new CountDownLatch(1);

    @BeforeEach
    void aJobThatTheUpstreamTakes() {
        when(intents.record(submission)).thenReturn(new Intents.Intent.Recorded(JOB));
        when(upstream.submit(submission.request().body(), Instant.EPOCH)).thenReturn(TAKEN);
        when(outcomes.write(any(), any(), any())).thenReturn(new SettledAttempt(QUEUED, TAKEN.outcome()));
    }

    @Test
    void anOutcomeThatComesInTimeIsTheAnswer() {
        var submitted = submissions(timeIsEnough()).submit(submission);

        assertThat(submitted.answer()).isEqualTo(new Accepted(QUEUED));
        assertThat(submitted.over().toCompletableFuture()).isCompleted();
        verify(timeout).cancel();
    }

    @Test
    void anOutcomeThatDoesNotComeInTimeIsPendingAndTheCallGoesOn() {
        when(upstream.submit(any(), any())).then(held(TAKEN));

        var submitted = submissions(timeIsUp()).submit(submission);

        assertThat(submitted.answer()).isEqualTo(PENDING);
        var over = submitted.over().toCompletableFuture();
        assertThat(over).isNotDone();

        upstreamAnswers.countDown();

        await().until(over::isDone);
        assertThat(over).isCompleted();
        verify(outcomes).write(any(), any(), any());
    }

    /** The body is in use until the outcome is on record, not only until the upstream has answered. */
    @Test
    void aCallIsNotOverWhileItsOutcomeIsWrittenDown() {
        when(outcomes.write(any(), any(), any())).then(held(new SettledAttempt(QUEUED, TAKEN.outcome())));

        var over = submissions(timeIsUp()).submit(submission).over().toCompletableFuture();

        await().untilAsserted(() -> verify(outcomes).write(any(), any(), any()));
        assertThat(over).isNotDone();
        upstreamAnswers.countDown();
        await().until(over::isDone);
    }

    /** Nobody knows whether it was bought, so it must not be an error. */
    @Test
    void aCallThatBreaksOffWithADefectIsPendingAndOver() {
        when(upstream.submit(any(), any())).thenThrow(new IllegalStateException("a defect"));

        var submitted = submissions(timeIsEnough()).submit(submission);

        assertThat(submitted.answer()).isEqualTo(PENDING);
        assertThat(submitted.over().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aCallThatBreaksOffAfterItsAnswerIsOverThen() {
        when(upstream.submit(any(), any())).then(call -> {
            upstreamAnswers.await();
            throw new IllegalStateException("a defect");
        });

        var over = submissions(timeIsUp()).submit(submission).over().toCompletableFuture();

        assertThat(over).isNotDone();
        upstreamAnswers.countDown();
        await().until(over::isDone);
        assertThat(over).isCompletedExceptionally();
    }

    /** An error answer would say that nothing was bought. */
    @Test
    void aJobThatIsUnderWayWhileTheGatewayStopsIsPendingAndNoError() {
        when(upstream.submit(any(), any())).then(held(TAKEN));
        var stopped = new HashedWheelTimer();
        stopped.stop();

        var submitted = submissions(stopped).submit(submission);

        assertThat(submitted.answer()).isEqualTo(PENDING);
        var over = submitted.over().toCompletableFuture();
        assertThat(over).isNotDone();
        upstreamAnswers.countDown();
        await().until(over::isDone);
    }

    @Test
    void aWishThatIsAnsweredFromTheRecordIsOverAndNothingIsSent() {
        when(intents.record(submission)).thenReturn(new Intents.Intent.Answered(new KeyReused()));

        var submitted = submissions(timeIsEnough()).submit(submission);

        assertThat(submitted.answer()).isEqualTo(new KeyReused());
        assertThat(submitted.over().toCompletableFuture()).isCompleted();
        verify(upstream, never()).submit(any(), any());
    }

    private Submissions submissions(Timer timeouts) {
        return new Submissions(
                intents,
                new Attempts(upstream, outcomes, new SubmissionMetrics(new SimpleMeterRegistry())),
                outcomes,
                mock(),
                new CallsInFlight(new LifecycleProperties()),
                timeouts,
                PROPERTIES);
    }

    /** Never fires. */
    private Timer timeIsEnough() {
        Timer timer = mock();
        when(timer.newTimeout(any(), anyLong(), any())).thenReturn(timeout);
        return timer;
    }

    /** Fires before anything else can happen. */
    private Timer timeIsUp() {
        Timer timer = mock();
        when(timer.newTimeout(any(), anyLong(), any())).then(call -> {
            call.<TimerTask>getArgument(0).run(timeout);
            return timeout;
        });
        return timer;
    }

    private <T> Answer<T> held(T value) {
        return call -> {
            upstreamAnswers.await();
            return value;
        };
    }
}
