package io.reelgate.operations;

import io.reelgate.submission.Submission;
import io.reelgate.submission.SubmissionAnswer;
import io.reelgate.submission.Submissions;
import io.reelgate.submission.VideoRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Submits a job as an app would, so that ops see their first film by one button; only in the sandbox, where nothing is bought. */
@Service
@Profile("sandbox")
public class Rehearsals {

    private static final String MODEL = "doubao-seedance-2-0-fast";
    private static final String SECONDS = "5";
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LONGEST_PROMPT = 2_000;

    private final Submissions submissions;
    private final JsonMapper json;

    Rehearsals(Submissions submissions, JsonMapper json) {
        this.submissions = submissions;
        this.json = json;
    }

    /** Submits this prompt in the name of this app; returns the job's id, or throws {@link OpsProblem} with what an app would get. */
    public String submit(String app, String prompt) {
        if (!APP.matcher(app).matches()) {
            throw OpsProblem.parameter("app", "app must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
        if (prompt.isBlank() || prompt.length() > LONGEST_PROMPT) {
            throw OpsProblem.parameter("prompt", "prompt must have 1 to " + LONGEST_PROMPT + " characters");
        }
        var body = json.writeValueAsString(Map.of("model", MODEL, "prompt", prompt, "seconds", SECONDS));
        var video = new VideoRequest(MODEL, prompt, SECONDS, null, body.getBytes(StandardCharsets.UTF_8), body);
        return switch (submissions
                .submit(new Submission(app, null, null, video))
                .answer()) {
            case SubmissionAnswer.Accepted(var job) -> job.id();
            case SubmissionAnswer.Unconfirmed(var job) -> job.id();
            case SubmissionAnswer.Pending(var job) -> job.id();
            case SubmissionAnswer.Held(var job) -> job.id();
            case SubmissionAnswer.Replayed(var job) -> job.id();
            case SubmissionAnswer.NotBought(var failure) ->
                throw OpsProblem.of(HttpStatus.CONFLICT, failure.code() + ": " + failure.message());
            case SubmissionAnswer.NotAdmitted(var refusal) ->
                throw OpsProblem.of(HttpStatus.CONFLICT, refusal.message());
            case SubmissionAnswer.KeyReused _, SubmissionAnswer.KeyInFlight _ ->
                throw new IllegalStateException("There was no Idempotency-Key");
        };
    }
}
