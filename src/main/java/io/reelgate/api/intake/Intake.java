package io.reelgate.api.intake;

import io.reelgate.api.AppAccess;
import io.reelgate.api.HeldPositions;
import io.reelgate.api.HoldHeader;
import io.reelgate.api.IdempotencyKeyHeader;
import io.reelgate.api.WebhookHeader;
import io.reelgate.api.body.BodyBudget;
import io.reelgate.job.query.JobWish;
import io.reelgate.submission.Submission;
import io.reelgate.submission.Submissions;
import io.reelgate.submission.Submitted;
import io.reelgate.submission.VideoRequest;
import io.reelgate.web.ClientAddress;
import io.reelgate.web.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Reads a job out of a request within the budget for bodies, and submits it. */
@Component
public class Intake {

    private final AppAccess access;
    private final BodyBudget budget;
    private final Submissions submissions;
    private final WebhookHeader webhooks;
    private final HoldHeader holds;
    private final HeldPositions positions;

    Intake(
            AppAccess access,
            BodyBudget budget,
            Submissions submissions,
            WebhookHeader webhooks,
            HoldHeader holds,
            HeldPositions positions) {
        this.access = access;
        this.budget = budget;
        this.submissions = submissions;
        this.webhooks = webhooks;
        this.holds = holds;
        this.positions = positions;
    }

    /** The job that came of it, as it stands after {@code answer-within} at the latest; throws what to answer if nothing was bought. */
    public JobOnRecord submit(HttpServletRequest request, BodyParser parser) {
        return submit(request, parser, submissions::submit);
    }

    /** The same, but as it stands after this time at the latest. */
    JobOnRecord submit(HttpServletRequest request, BodyParser parser, Duration within) {
        return submit(request, parser, submission -> submissions.submit(submission, within));
    }

    private JobOnRecord submit(HttpServletRequest request, BodyParser parser, Function<Submission, Submitted> submit) {
        var app = access.submitting(request);
        var reservation = budget.open(app, ClientAddress.of(request));
        Submitted submitted;
        JobWish wish;
        try {
            var submission = submission(app, request, parser, reservation);
            wish = wish(submission.request());
            submitted = submit.apply(submission);
            submitted.over().whenComplete((_, _) -> reservation.release());
        } catch (Throwable e) { // an OutOfMemoryError as well: what is never given back would be missing for ever
            reservation.release();
            throw e;
        }
        var answer = SubmissionAnswers.of(submitted.answer(), wish);
        return answer.of(positions.of(answer.job()));
    }

    private Submission submission(
            String app, HttpServletRequest request, BodyParser parser, BodyBudget.Reservation reservation) {
        var key = IdempotencyKeyHeader.of(request);
        var webhook = webhooks.of(app, request);
        var hold = holds.of(app, request);
        var video = parser.parse(request, reservation);
        return new Submission(app, key, RequestIds.of(request), video, webhook, hold);
    }

    /** Cut, since it may be kept for as long as the app waits, and the body is not. */
    private static JobWish wish(VideoRequest request) {
        return JobWish.of(request.prompt(), request.seconds(), request.size());
    }
}
