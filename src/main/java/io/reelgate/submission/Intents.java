package io.reelgate.submission;

import io.reelgate.job.JobId;
import io.reelgate.job.JobStatus;
import io.reelgate.job.NewJob;
import io.reelgate.job.StorableText;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the intent on record before anything is sent, or finds that the same wish is on record already. */
@Component
class Intents {

    /** Longer than any real prompt; the whole is in the request. */
    private static final int LONGEST_PROMPT = 100_000;

    /** Longer than any length or size that there is; the whole is in the request. */
    private static final int LONGEST_FIELD = 100;

    private final JobStore ledger;
    private final JobQueries history;
    private final IdempotencyKeys keys;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final SubmissionProperties properties;

    Intents(
            JobStore ledger,
            JobQueries history,
            IdempotencyKeys keys,
            TransactionOperations transaction,
            Clock clock,
            SubmissionProperties properties) {
        this.ledger = ledger;
        this.history = history;
        this.keys = keys;
        this.transaction = transaction;
        this.clock = clock;
        this.properties = properties;
    }

    /** What became of the attempt to record an intent. */
    sealed interface Intent {

        /** It is on record and committed: now it may be sent. */
        record Recorded(NewJob job) implements Intent {}

        /** Nothing may be sent; this is the answer. */
        record Answered(SubmissionAnswer answer) implements Intent {}
    }

    Intent record(Submission submission) {
        var key = submission.idempotencyKey();
        if (key == null) {
            submission.admission().run();
            var job = newJob(submission);
            ledger.intend(job);
            return new Intent.Recorded(job);
        }
        var sha256 = sha256(submission.request().body());
        var known = known(submission.app(), key, sha256);
        if (known.isEmpty()) {
            submission.admission().run();
        }
        while (known.isEmpty()) {
            var job = bind(submission, key, sha256);
            if (job.isPresent()) {
                return new Intent.Recorded(job.get());
            }
            // Another request was faster; it is on record now, unless it was refused within this instant.
            known = known(submission.app(), key, sha256);
        }
        return new Intent.Answered(known.get());
    }

    private Optional<SubmissionAnswer> known(String app, String key, byte[] sha256) {
        return keys.find(app, key, clock.instant()).flatMap(binding -> replay(binding, sha256));
    }

    private Optional<SubmissionAnswer> replay(IdempotencyKeys.Binding binding, byte[] sha256) {
        var job = history.find(binding.jobId());
        if (job.filter(Intents::boughtNothing).isPresent()) {
            // It was refused, and its key freed with that, between the two reads.
            keys.free(binding.jobId());
            return Optional.empty();
        }
        if (!binding.isFor(sha256)) {
            return Optional.of(new SubmissionAnswer.KeyReused());
        }
        return Optional.of(job.filter(found -> found.status() != JobStatus.SUBMITTING)
                .<SubmissionAnswer>map(SubmissionAnswer.Replayed::new)
                .orElseGet(SubmissionAnswer.KeyInFlight::new));
    }

    private static boolean boughtNothing(JobView job) {
        return job.status() == JobStatus.REJECTED || job.status() == JobStatus.UNAVAILABLE;
    }

    private Optional<NewJob> bind(Submission submission, String key, byte[] sha256) {
        return Optional.ofNullable(transaction.<@Nullable NewJob>execute(status -> {
            var job = newJob(submission);
            ledger.intendInTransaction(job);
            var binding = new IdempotencyKeys.Binding(sha256, job.id());
            var now = job.createdAt();
            if (keys.bind(submission.app(), key, binding, now, now.plus(properties.idempotencyRetention()))) {
                return job;
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
                now);
    }

    private static String beginning(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : StorableText.of(beginning(text, LONGEST_FIELD));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
