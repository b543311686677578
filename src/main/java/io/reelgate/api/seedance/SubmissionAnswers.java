package io.reelgate.api.seedance;

import io.reelgate.api.IdempotencyKeyHeader;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.SubmissionAnswer;
import io.reelgate.submission.SubmissionAnswer.KeyInFlight;
import io.reelgate.submission.SubmissionAnswer.KeyReused;
import io.reelgate.submission.SubmissionAnswer.Pending;
import io.reelgate.submission.SubmissionAnswer.Replayed;
import io.reelgate.submission.SubmissionAnswer.Settled;
import io.reelgate.upstream.SubmissionOutcome;
import io.reelgate.upstream.SubmissionOutcome.Accepted;
import io.reelgate.upstream.SubmissionOutcome.KeyRefused;
import io.reelgate.upstream.SubmissionOutcome.Misrouted;
import io.reelgate.upstream.SubmissionOutcome.NotSent;
import io.reelgate.upstream.SubmissionOutcome.QuotaExhausted;
import io.reelgate.upstream.SubmissionOutcome.Refused;
import io.reelgate.upstream.SubmissionOutcome.Throttled;
import io.reelgate.upstream.SubmissionOutcome.Unconfirmed;
import io.reelgate.web.AppError;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Says to the app what came of its submission: an id means it is on record, an error means nothing was bought. */
final class SubmissionAnswers {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private SubmissionAnswers() {}

    /** The answer with an id; throws the {@link AppError} to answer with if nothing was bought. */
    static ResponseEntity<SubmissionJson> of(SubmissionAnswer answer) {
        return switch (answer) {
            case Settled(var job, var outcome) -> settled(job, outcome);
            case Pending(var job) -> withId(HttpStatus.ACCEPTED, job);
            case Replayed(var job) -> replayed(job);
            case KeyReused() ->
                throw AppError.of(
                                422,
                                "idempotency_key_reused",
                                "This Idempotency-Key was used for another body; use a new key for a new job")
                        .about(IdempotencyKeyHeader.NAME);
            case KeyInFlight() ->
                throw AppError.of(
                                409,
                                "idempotency_key_in_flight",
                                "The job of this Idempotency-Key is being sent at this moment; ask again soon")
                        .about(IdempotencyKeyHeader.NAME)
                        .retryAfter(A_MOMENT);
        };
    }

    private static ResponseEntity<SubmissionJson> settled(JobView job, SubmissionOutcome outcome) {
        return switch (outcome) {
            case Accepted _ -> withId(HttpStatus.OK, job);
            case Unconfirmed _ -> withId(HttpStatus.ACCEPTED, job);
            case QuotaExhausted(var error) -> throw AppError.of(402, "insufficient_quota", error.message());
            case Refused(var status, var error) ->
                throw AppError.of(
                        status, Objects.requireNonNullElse(error.code(), "upstream_refused"), error.message());
            case Throttled(var error, var retryAfter) ->
                throw AppError.of(429, "rate_limited", error.message())
                        .retryAfter(Objects.requireNonNullElse(retryAfter, SOON));
            case KeyRefused _ ->
                throw AppError.of(
                        502,
                        "upstream_key_refused",
                        "The upstream refuses the gateway's key; nothing was bought, and the gateway's operators have to mend it");
            case Misrouted _ ->
                throw AppError.of(
                        502,
                        "upstream_misconfigured",
                        "The gateway does not reach the upstream's API; nothing was bought, and the gateway's operators have to mend it");
            case NotSent(var reason) ->
                throw AppError.of(503, "upstream_unavailable", "Nothing was sent: " + reason)
                        .retryAfter(SOON);
        };
    }

    private static ResponseEntity<SubmissionJson> replayed(JobView job) {
        var status = job.status() == JobStatus.UNCONFIRMED ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return ResponseEntity.status(status)
                .header("Idempotent-Replayed", "true")
                .contentType(MediaType.APPLICATION_JSON)
                .body(SubmissionJson.of(job));
    }

    private static ResponseEntity<SubmissionJson> withId(HttpStatus status, JobView job) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(SubmissionJson.of(job));
    }
}
