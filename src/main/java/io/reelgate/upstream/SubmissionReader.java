package io.reelgate.upstream;

import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Throttled;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;

/** Decides what an answer to a submission means, by the design's table. Never throws. */
final class SubmissionReader {

    private final Redactor redactor;
    private final ErrorReader errors;
    private final RetryAfter retryAfter;

    SubmissionReader(Redactor redactor, ErrorReader errors, RetryAfter retryAfter) {
        this.redactor = redactor;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    SubmissionOutcome read(Answer answer) {
        if (answer.isSuccess()) {
            return accepted(answer);
        }
        var complaint = errors.read(answer.status(), answer.text());
        var error = complaint.error();
        return switch (answer.status()) {
            case 401 -> new KeyRefused(error);
            case 402 -> new QuotaExhausted(error);
            case 403 -> forbidden(complaint);
            case 404, 405 -> new Misrouted(error);
            case 408 -> new Unconfirmed(error.oneLine());
            case 429 -> new Throttled(error, retryAfter.read(answer.retryAfter()));
            case 503 -> unavailable(complaint);
            default -> other(error);
        };
    }

    private SubmissionOutcome accepted(Answer answer) {
        var body = Json.object(answer.text());
        if (body == null) {
            return new Unconfirmed(answer.unreadable());
        }
        var id = TaskIds.in(body);
        return id == null || redactor.finds(id)
                ? new Unconfirmed("HTTP " + answer.status() + ", but the answer has no usable id")
                : new Accepted(id);
    }

    private static SubmissionOutcome forbidden(Complaint complaint) {
        if (complaint.isQuota()) {
            return new QuotaExhausted(complaint.error());
        }
        return complaint.isKey() ? new KeyRefused(complaint.error()) : new Refused(403, complaint.error());
    }

    /** {@code model_not_found} means that the upstream had no channel for the model and sent nothing on. */
    private static SubmissionOutcome unavailable(Complaint complaint) {
        return complaint.hasCode("model_not_found")
                ? new NotSent(complaint.error().oneLine())
                : new Unconfirmed(complaint.error().oneLine());
    }

    private static SubmissionOutcome other(UpstreamError error) {
        return switch (error.status() / 100) {
            case 3 -> new Misrouted(error);
            case 4 -> new Refused(error.status(), error);
            default -> new Unconfirmed(error.oneLine());
        };
    }
}
