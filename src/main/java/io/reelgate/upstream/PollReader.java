package io.reelgate.upstream;

import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;

/** Decides what an answer to a poll means. Never throws, and takes nothing for a statement that is none. */
final class PollReader {

    private final ErrorReader errors;
    private final SnapshotReader snapshots;
    private final RetryAfter retryAfter;

    PollReader(ErrorReader errors, SnapshotReader snapshots, RetryAfter retryAfter) {
        this.errors = errors;
        this.snapshots = snapshots;
        this.retryAfter = retryAfter;
    }

    PollOutcome read(Answer answer) {
        return switch (answer.status()) {
            case 200, 201, 202, 203 -> described(answer);
            case 401, 402, 403 ->
                new Denied(errors.read(answer.status(), answer.text()).error());
            case 400, 404 -> missing(answer);
            default -> unanswered(answer);
        };
    }

    private PollOutcome described(Answer answer) {
        var body = Json.object(answer.text());
        if (body == null) {
            return new Unanswered(answer.unreadable(), null);
        }
        var snapshot = snapshots.read(body);
        if (snapshot != null) {
            return new Seen(snapshot);
        }
        var complaint = errors.read(answer.status(), answer.text());
        return complaint.hasCode("task_not_exist")
                ? new Missing(complaint.error().oneLine())
                : new Unanswered("HTTP " + answer.status() + ", but the answer describes no task", null);
    }

    private PollOutcome missing(Answer answer) {
        var complaint = errors.read(answer.status(), answer.text());
        return complaint.isMissingTask() ? new Missing(complaint.error().oneLine()) : unanswered(answer);
    }

    private PollOutcome unanswered(Answer answer) {
        var error = errors.read(answer.status(), answer.text()).error();
        return new Unanswered(error.oneLine(), retryAfter.read(answer.retryAfter()));
    }
}
