package io.reelgate.api.intake;

import io.reelgate.api.SubmissionErrors;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobWish;
import io.reelgate.submission.SubmissionAnswer;
import io.reelgate.web.AppError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says to the app what came of its submission: an id means it is on record, an error means nothing was bought. */
final class SubmissionAnswers {

    /** How a provider names the length of a film in a refusal, whichever of its two fields the app sent. */
    private static final Pattern LENGTH = Pattern.compile("[`'\"]duration[`'\"]", Pattern.CASE_INSENSITIVE);

    private SubmissionAnswers() {}

    /**
     * The job on record; throws the {@link AppError} to answer with if nothing was bought.
     *
     * @param wish what the job asked for
     */
    static JobOnRecord of(SubmissionAnswer answer, JobWish wish) {
        return switch (answer) {
            case SubmissionAnswer.Accepted(var job) -> new JobOnRecord(job, wish, true, false);
            case SubmissionAnswer.Unconfirmed(var job) -> new JobOnRecord(job, wish, false, false);
            case SubmissionAnswer.Pending(var job) -> new JobOnRecord(job, wish, false, false);
            case SubmissionAnswer.Held(var job) -> new JobOnRecord(job, wish, false, false);
            case SubmissionAnswer.Replayed(var job) ->
                new JobOnRecord(job, wish, job.status() != JobStatus.UNCONFIRMED && job.hold() == null, true);
            case SubmissionAnswer.NotBought(var failure) -> throw naming(SubmissionErrors.of(failure), wish.seconds());
            case SubmissionAnswer.NotAdmitted(var refusal) -> throw SubmissionErrors.of(refusal);
            case SubmissionAnswer.KeyReused _ -> throw SubmissionErrors.keyReused();
            case SubmissionAnswer.KeyInFlight _ -> throw SubmissionErrors.keyInFlight();
        };
    }

    /** An app that sent {@code seconds} would look for a {@code duration} in vain. */
    private static AppError naming(AppError error, @Nullable String seconds) {
        if (seconds == null || !LENGTH.matcher(error.getMessage()).find()) {
            return error;
        }
        var named = AppError.of(
                        error.status().value(), error.code(), error.getMessage() + " (you sent it as 'seconds')")
                .about(RequestField.SECONDS.key());
        return error.retryAfter() == null ? named : named.retryAfter(error.retryAfter());
    }
}
