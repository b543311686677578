package io.reelgate.submission;

import io.reelgate.admission.Admission;
import io.reelgate.admission.AdmissionDecision;
import io.reelgate.admission.AdmissionDecision.Wait;
import io.reelgate.admission.Places;
import io.reelgate.billing.Estimates;
import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.Phase;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobStore;
import io.reelgate.submission.hold.HoldRoom;
import io.reelgate.text.Sha256;
import io.reelgate.text.StorableText;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the intent on record before anything is sent, or finds that the same wish is on record already. */
@Component
class Intents {

    /** A film takes a minute or two, and there are many places. */
    private static final Duration PLACE_RETRY = Duration.ofSeconds(10);

    /** Longer than any real prompt; the whole is in the request. */
    private static final int LONGEST_PROMPT = 100_000;

    /** Longer than any length or size that there is; the whole is in the request. */
    private static final int LONGEST_FIELD = 100;

    private final Admission admission;
    private final Places places;
    private final HoldRoom room;
    private final JobStore store;
    private final JobQueries jobs;
    private final IdempotencyKeys keys;
    private final TransactionOperations transaction;
    private final Accounts accounts;
    private final Estimates estimates;
    private final Clock clock;
    private final SubmissionProperties properties;

    Intents(
            Admission admission,
            Places places,
            HoldRoom room,
            JobStore store,
            JobQueries jobs,
            IdempotencyKeys keys,
            TransactionOperations transaction,
            Accounts accounts,
            Estimates estimates,
            Clock clock,
            SubmissionProperties properties) {
        this.admission = admission;
        this.places = places;
        this.room = room;
        this.store = store;
        this.jobs = jobs;
        this.keys = keys;
        this.transaction = transaction;
        this.accounts = accounts;
        this.estimates = estimates;
        this.clock = clock;
        this.properties = properties;
    }

    /** What became of the wish to record an intent. */
    sealed interface Intent {

        /** It is on record and committed: now it may be sent. */
        record Recorded(NewJob job) implements Intent {}

        /** It is on record and committed, and is not to be sent now. */
        record Waits(NewJob job, Wait why) implements Intent {}

        /** Nothing may be sent; this is the answer. */
        record Answered(SubmissionAnswer answer) implements Intent {}
    }

    Intent record(Submission submission) {
        var key = submission.idempotencyKey();
        if (key == null) {
            return ifAdmitted(submission, () -> unbound(submission));
        }
        var sha256 = Sha256.of(submission.request().body());
        return known(submission.app(), key, sha256)
                .<Intent>map(Intent.Answered::new)
                .orElseGet(() -> ifAdmitted(submission, () -> bound(submission, key, sha256)));
    }

    private Intent ifAdmitted(Submission submission, Supplier<Intent> intent) {
        return switch (admission.admit(candidate(submission))) {
            case AdmissionDecision.Admitted _ -> intent.get();
            case Wait wait ->
                switch (intent.get()) {
                    case Intent.Recorded(var job) -> new Intent.Waits(job, wait);
                    case Intent other -> other;
                };
            case AdmissionDecision.Refused refusal -> new Intent.Answered(new SubmissionAnswer.NotAdmitted(refusal));
        };
    }

    private Admission.Candidate candidate(Submission submission) {
        var account = accounts.current();
        var model = StorableText.of(submission.request().model());
        var mayWait = submission.hold().isPositive()
                && room.isFor(account, model, submission.request().body());
        return new Admission.Candidate(submission.app(), account, model, mayWait);
    }

    private Intent unbound(Submission submission) {
        if (places.areLimited(submission.app())) {
            return transaction.execute(_ -> placed(submission, newJob(submission)));
        }
        var job = newJob(submission);
        store.intend(job);
        return new Intent.Recorded(job);
    }

    private Intent bound(Submission submission, String key, byte[] sha256) {
        while (true) {
            var intent = bind(submission, key, sha256);
            if (intent.isPresent()) {
                return intent.get();
            }
            // Another request was faster; it is on record now, unless it was refused within this instant.
            var known = known(submission.app(), key, sha256);
            if (known.isPresent()) {
                return new Intent.Answered(known.get());
            }
        }
    }

    private Optional<SubmissionAnswer> known(String app, String key, byte[] sha256) {
        return keys.find(app, key, clock.instant()).flatMap(binding -> replay(binding, sha256));
    }

    private Optional<SubmissionAnswer> replay(IdempotencyKeys.Binding binding, byte[] sha256) {
        var job = jobs.find(binding.jobId());
        if (job.filter(Intents::boughtNothing).isPresent()) {
            // It was refused, and its key freed with that, between the two reads.
            keys.free(List.of(binding.jobId()));
            return Optional.empty();
        }
        if (!binding.isFor(sha256)) {
            return Optional.of(new SubmissionAnswer.KeyReused());
        }
        // One that waited is answered as it is, also while it is tried again.
        return Optional.of(job.filter(found -> found.status() != JobStatus.SUBMITTING || found.hold() != null)
                .<SubmissionAnswer>map(SubmissionAnswer.Replayed::new)
                .orElseGet(SubmissionAnswer.KeyInFlight::new));
    }

    private static boolean boughtNothing(JobView job) {
        return job.status().phase() == Phase.REFUSED;
    }

    /** Puts the job on record in the caller's transaction, which holds its place; or says that there is none. */
    private Intent placed(Submission submission, NewJob job) {
        var full = places.areLimited(job.app()) ? places.full(job.app(), job.account()) : Optional.<Wait>empty();
        if (full.isPresent() && !candidate(submission).mayWait()) {
            return new Intent.Answered(new SubmissionAnswer.NotAdmitted(new AdmissionDecision.Refused(
                    AdmissionDecision.Reason.TOO_MANY_IN_FLIGHT,
                    full.get().message() + "; nothing was bought. Send the job again when one of them has ended",
                    PLACE_RETRY)));
        }
        store.intendInTransaction(job);
        return full.<Intent>map(why -> new Intent.Waits(job, why)).orElseGet(() -> new Intent.Recorded(job));
    }

    private Optional<Intent> bind(Submission submission, String key, byte[] sha256) {
        return Optional.ofNullable(transaction.<@Nullable Intent>execute(status -> {
            var job = newJob(submission);
            var intent = placed(submission, job);
            if (intent instanceof Intent.Answered) {
                return intent;
            }
            var binding = new IdempotencyKeys.Binding(sha256, job.id());
            var now = job.createdAt();
            if (keys.bind(submission.app(), key, binding, now, now.plus(properties.idempotencyRetention()))) {
                return intent;
            }
            status.setRollbackOnly();
            return null;
        }));
    }

    private NewJob newJob(Submission submission) {
        // To the millisecond, as the id has it: so a time range of jobs is a range of ids.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var request = submission.request();
        return new NewJob(
                JobId.next(now),
                submission.app(),
                StorableText.of(request.model()),
                StorableText.of(beginning(request.prompt(), LONGEST_PROMPT)),
                StorableText.of(request.recorded()),
                submission.requestId(),
                storable(request.seconds()),
                storable(request.size()),
                now,
                accounts.current(),
                submission.webhook(),
                estimates.of(request.model(), request.film(), now));
    }

    private static String beginning(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : StorableText.of(beginning(text, LONGEST_FIELD));
    }
}
