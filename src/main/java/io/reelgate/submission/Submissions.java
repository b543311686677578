package io.reelgate.submission;

import io.netty.util.Timer;
import io.reelgate.admission.AdmissionDecision.Wait;
import io.reelgate.job.HoldTerms;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.Intents.Intent;
import io.reelgate.submission.hold.HoldRoom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/** Takes a job to the upstream once, and never twice: intent on record, call, outcome on record. */
@Service
public class Submissions {

    private static final Logger log = LoggerFactory.getLogger(Submissions.class);

    private final Intents intents;
    private final Attempts attempts;
    private final OutcomeWriter outcomes;
    private final HoldRoom room;
    private final CallsInFlight calls;
    private final Timer timeouts;
    private final Duration answerWithin;

    Submissions(
            Intents intents,
            Attempts attempts,
            OutcomeWriter outcomes,
            HoldRoom room,
            CallsInFlight calls,
            Timer timeouts,
            SubmissionProperties properties) {
        this.intents = intents;
        this.attempts = attempts;
        this.outcomes = outcomes;
        this.room = room;
        this.calls = calls;
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
            case Intent.Recorded(var job) -> under(job, within, () -> send(job, submission));
            case Intent.Waits(var job, var why) -> under(job, within, () -> hold(job, submission, why));
            case Intent.Answered(var answer) -> Submitted.nothing(answer);
        };
    }

    private Submitted under(NewJob job, Duration within, Supplier<SubmissionAnswer> work) {
        try (var _ = MDC.putCloseable("job", job.id())) {
            var call = calls.start(work);
            return new Submitted(answer(job, call, within), call);
        }
    }

    private SubmissionAnswer send(NewJob job, Submission submission) {
        var body = submission.request().body();
        return attempts.make(SentJob.first(job, room.terms(job, body, submission.hold())), body)
                .answer();
    }

    private SubmissionAnswer hold(NewJob job, Submission submission, Wait why) {
        var terms = new HoldTerms(
                job.createdAt().plus(submission.hold()), submission.request().body());
        return outcomes.hold(SentJob.first(job, terms), why);
    }

    private SubmissionAnswer answer(NewJob job, CompletableFuture<SubmissionAnswer> call, Duration within) {
        var waiting = call.copy();
        try {
            var over = timeouts.newTimeout(
                    _ -> waiting.completeExceptionally(new TimeoutException()),
                    within.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return waiting.get();
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
