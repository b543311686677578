package io.reelgate.api.seedance;

import io.reelgate.api.SubmissionErrors;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobView;
import io.reelgate.submission.SubmissionAnswer;
import io.reelgate.web.AppError;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Says to the app what came of its submission: an id means it is on record, an error means nothing was bought. */
final class SubmissionAnswers {

    private SubmissionAnswers() {}

    /** The answer with an id; throws the {@link AppError} to answer with if nothing was bought. */
    static ResponseEntity<SubmissionJson> of(SubmissionAnswer answer) {
        return switch (answer) {
            case SubmissionAnswer.Accepted(var job) -> withId(HttpStatus.OK, job);
            case SubmissionAnswer.Unconfirmed(var job) -> withId(HttpStatus.ACCEPTED, job);
            case SubmissionAnswer.Pending(var job) -> withId(HttpStatus.ACCEPTED, job);
            case SubmissionAnswer.Replayed(var job) -> replayed(job);
            case SubmissionAnswer.NotBought(var failure) -> throw SubmissionErrors.of(failure);
            case SubmissionAnswer.NotAdmitted(var refusal) -> throw SubmissionErrors.of(refusal);
            case SubmissionAnswer.KeyReused _ -> throw SubmissionErrors.keyReused();
            case SubmissionAnswer.KeyInFlight _ -> throw SubmissionErrors.keyInFlight();
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
