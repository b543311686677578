package io.reelgate.upstream.newapi;

import io.reelgate.text.Sanitizer;
import io.reelgate.upstream.RawResponse;
import io.reelgate.upstream.Redactor;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Throttled;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import io.reelgate.upstream.UpstreamError;
import org.jspecify.annotations.Nullable;

/** Decides what an answer to a submission means; for an error, {@link FailureClass} has the table. Never throws. */
public final class SubmissionReader {

    private static final int LONGEST_REQUEST_ID = 128;

    private final Redactor redactor;
    private final ErrorReader errors;
    private final RetryAfter retryAfter;

    public SubmissionReader(Redactor redactor, ErrorReader errors, RetryAfter retryAfter) {
        this.redactor = redactor;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    public SubmissionOutcome read(RawResponse answer) {
        return answer.isSuccess() ? accepted(answer) : failed(answer);
    }

    /** The id that the upstream gave the request itself, fit for storage; {@code null} if it gave none. */
    @Nullable
    public String requestId(@Nullable String header) {
        if (header == null) {
            return null;
        }
        // What is not printable goes first: without it, what is left could be the key.
        var printable = header.codePoints()
                .filter(point -> point >= ' ' && point < 0x7F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var id = Sanitizer.cut(redactor.clean(printable.strip()), LONGEST_REQUEST_ID);
        return id.isEmpty() ? null : id;
    }

    private SubmissionOutcome accepted(RawResponse answer) {
        var body = Json.object(answer.text());
        var id = body == null ? null : TaskIds.in(body);
        if (id != null && !redactor.finds(id)) {
            return new Accepted(id);
        }
        var what = body == null ? answer.unreadable() : "HTTP " + answer.status() + ", but the answer has no usable id";
        var complaint = errors.read(answer.status(), answer.text());
        return new Unconfirmed(Sanitizer.cut(what + complaint.saying(), UpstreamError.LONGEST_MESSAGE));
    }

    private SubmissionOutcome failed(RawResponse answer) {
        var complaint = errors.read(answer.status(), answer.text());
        var error = complaint.error();
        return switch (FailureClass.of(complaint)) {
            case NOT_SENT -> new NotSent(error.oneLine());
            case UNKNOWN -> new Unconfirmed(error.oneLine());
            case BALANCE -> new QuotaExhausted(error);
            case RATE -> new Throttled(error, retryAfter.read(answer.retryAfter()));
            case REFUSAL -> new Refused(toTheApp(error.status()), error);
            case KEY -> new KeyRefused(error);
            case ADDRESS -> new Misrouted(error);
        };
    }

    /** A provider's 401, 404 or 405 would look as if the app had no access, or as if the gateway had no such route. */
    private static int toTheApp(int status) {
        return switch (status) {
            case 401, 404, 405 -> 400;
            default -> status / 100 == 3 ? 400 : status;
        };
    }
}
