package io.reelgate.submission;

import io.netty.util.Timer;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.Intents.Intent;
import io.reelgate.upstream.UpstreamClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/** Takes a job to the upstream once, and never twice: intent on record, call, outcome on record. */
@Service
public class Submissions {

    private static final Logger log = LoggerFactory.getLogger(Submissions.class);

    private final Intents intents;
    private final UpstreamClient upstream;
    private final OutcomeWriter outcomes;
    private final CallsInFlight calls;
    private final SubmissionMetrics metrics;
    private final Timer timeouts;
    private final Duration answerWithin;

    Submissions(
            Intents intents,
            UpstreamClient upstream,
            OutcomeWriter outcomes,
            CallsInFlight calls,
            SubmissionMetrics metrics,
            Timer timeouts,
            SubmissionProperties properties) {
        this.intents = intents;
        this.upstream = upstream;
        this.outcomes = outcomes;
        this.calls = calls;
        this.metrics = metrics;
        this.timeouts = timeouts;
        this.answerWithin = properties.answerWithin();
    }

    /** Submits, and waits for what comes of it, but no longer than {@code answer-within}; see {@link #submit(Submission, Duration)}. */
    public Submitted submit(Submission submission) {
        return submit(submission, answerWithin);
    }

    /**
     * Submits, and waits for what comes of it, but no longer than this.
     *
     * @throws org.springframework.dao.DataAccessException or
     *     {@link org.springframework.transaction.TransactionException} if the intent could not be put on record; then
     *     nothing was sent
     */
    public Submitted submit(Submission submission, Duration within) {
        return switch (intents.record(submission.answeredWithin(within))) {
            case Intent.Recorded(var job) -> send(job, submission, within);
            case Intent.Answered(var answer) -> Submitted.nothing(answer);
        };
    }

    private Submitted send(NewJob job, Submission submission, Duration within) {
        try (var _ = MDC.putCloseable("job", job.id())) {
            var call = calls.start(() -> call(job, submission));
            return new Submitted(answer(job, call, within), call);
        }
    }

    private SettledAttempt call(NewJob job, Submission submission) {
        long began = System.nanoTime();
        var result = upstream.submit(submission.request().body(), job.attempt().sentAt());
        var latency = Duration.ofNanos(System.nanoTime() - began);
        var settled = outcomes.write(job, result, latency);
        metrics.settled(settled, latency);
        return settled;
    }

    private SubmissionAnswer answer(NewJob job, CompletableFuture<SettledAttempt> call, Duration within) {
        var waiting = call.copy();
        try {
            var over = timeouts.newTimeout(
                    _ -> waiting.completeExceptionally(new TimeoutException()),
                    within.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return waiting.get().answer();
            } finally {
                over.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The call is under way, so no failure of ours may become an error answer.
            log.info("Job {} answered as pending: the gateway is stopping", job.id());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                log.info("Job {} answered as pending: no outcome after {} ms", job.id(), within.toMillis());
            } else {
                // A defect: the job stays submitting, and becomes unconfirmed by itself.
                log.error("Job {}: its outcome could not be determined", job.id(), e.getCause());
            }
        }
        return new SubmissionAnswer.Pending(JobView.fresh(job, JobStatus.SUBMITTING, null));
    }
}
