package io.reelgate.api.seedance;

import io.reelgate.api.AppAccess;
import io.reelgate.api.HeldPositions;
import io.reelgate.api.HoldHeader;
import io.reelgate.api.IdempotencyKeyHeader;
import io.reelgate.api.WebhookHeader;
import io.reelgate.api.body.BodyBudget;
import io.reelgate.api.body.BodyReader;
import io.reelgate.submission.Submission;
import io.reelgate.submission.Submissions;
import io.reelgate.submission.Submitted;
import io.reelgate.web.ClientAddress;
import io.reelgate.web.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Reads a job out of a request within the budget for bodies, and submits it. */
@Component
class Intake {

    private final AppAccess access;
    private final BodyReader bodies;
    private final BodyBudget budget;
    private final RequestReader requests;
    private final Submissions submissions;
    private final WebhookHeader webhooks;
    private final HoldHeader holds;
    private final HeldPositions positions;

    Intake(
            AppAccess access,
            BodyReader bodies,
            BodyBudget budget,
            RequestReader requests,
            Submissions submissions,
            WebhookHeader webhooks,
            HoldHeader holds,
            HeldPositions positions) {
        this.access = access;
        this.bodies = bodies;
        this.budget = budget;
        this.requests = requests;
        this.submissions = submissions;
        this.webhooks = webhooks;
        this.holds = holds;
        this.positions = positions;
    }

    /** The job that came of it, as it stands after {@code answer-within} at the latest; throws what to answer if nothing was bought. */
    JobOnRecord submit(HttpServletRequest request) {
        return submit(request, submissions::submit);
    }

    /** The same, but as it stands after this time at the latest. */
    JobOnRecord submit(HttpServletRequest request, Duration within) {
        return submit(request, submission -> submissions.submit(submission, within));
    }

    private JobOnRecord submit(HttpServletRequest request, Function<Submission, Submitted> submit) {
        var app = access.submitting(request);
        var reservation = budget.open(app, ClientAddress.of(request));
        Submitted submitted;
        String seconds;
        try {
            var submission = submission(app, request, reservation);
            seconds = submission.request().seconds();
            submitted = submit.apply(submission);
            submitted.over().whenComplete((_, _) -> reservation.release());
        } catch (Throwable e) { // an OutOfMemoryError as well: what is never given back would be missing for ever
            reservation.release();
            throw e;
        }
        var answer = SubmissionAnswers.of(submitted.answer(), seconds);
        return answer.of(positions.of(answer.job()));
    }

    private Submission submission(String app, HttpServletRequest request, BodyBudget.Reservation reservation) {
        var key = IdempotencyKeyHeader.of(request);
        var webhook = webhooks.of(app, request);
        var hold = holds.of(app, request);
        var video = requests.read(bodies.read(request, reservation), reservation::growForText);
        return new Submission(app, key, RequestIds.of(request), video, webhook, hold);
    }
}
