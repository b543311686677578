package io.reelgate.upstream.newapi;

import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.RawResponse;
import tools.jackson.databind.JsonNode;

/** Decides what an answer to a poll means. Never throws, and takes nothing for a statement that is none. */
public final class PollReader {

    private final ErrorReader errors;
    private final SnapshotReader snapshots;
    private final RetryAfter retryAfter;

    public PollReader(ErrorReader errors, SnapshotReader snapshots, RetryAfter retryAfter) {
        this.errors = errors;
        this.snapshots = snapshots;
        this.retryAfter = retryAfter;
    }

    public PollOutcome read(RawResponse answer) {
        return switch (answer.status()) {
            case 200, 201, 202, 203 -> described(answer);
            case 401, 402, 403 -> denied(errors.read(answer.status(), answer.text()));
            case 400, 404 -> missing(answer);
            default -> unanswered(answer);
        };
    }

    private PollOutcome described(RawResponse answer) {
        var body = Json.object(answer.text());
        if (body == null) {
            return new Unanswered(answer.unreadable(), null);
        }
        var snapshot = snapshots.read(body);
        if (snapshot != null) {
            return new Seen(snapshot);
        }
        var complaint = errors.read(answer.status(), answer.text());
        return complaint.isMissingTask() && saysThatItFailed(body)
                ? new Missing(complaint.error().oneLine())
                : new Unanswered(
                        "HTTP " + answer.status() + ", but the answer describes no task" + complaint.saying(), null);
    }

    /** With a 200, a message alone is none: it must come with an error, a code of one, or {@code "success": false}. */
    private static boolean saysThatItFailed(JsonNode body) {
        var success = body.path("success");
        return Envelope.of(body).code() != null
                || Envelope.error(body).complains()
                || (success.isBoolean() && !success.booleanValue());
    }

    private static PollOutcome denied(ErrorAnswer complaint) {
        var cause = switch (FailureClass.of(complaint)) {
            case KEY -> Denied.Cause.KEY;
            case BALANCE -> Denied.Cause.BALANCE;
            case NOT_SENT, UNKNOWN, RATE, REFUSAL, ADDRESS -> Denied.Cause.SOMETHING_ELSE;
        };
        return new Denied(complaint.error(), cause);
    }

    private PollOutcome missing(RawResponse answer) {
        var complaint = errors.read(answer.status(), answer.text());
        return complaint.isMissingTask() ? new Missing(complaint.error().oneLine()) : unanswered(answer);
    }

    private PollOutcome unanswered(RawResponse answer) {
        var error = errors.read(answer.status(), answer.text()).error();
        return new Unanswered(error.oneLine(), retryAfter.read(answer.retryAfter()));
    }
}
