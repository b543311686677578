package io.reelgate.submission;

import io.reelgate.job.store.RetentionProperties;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which wish of which app became which job, so that a repeat finds it. */
@Component
class IdempotencyKeys {

    private static final int BATCH = 5_000;

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc, SubmissionProperties properties, RetentionProperties retention) {
        var age = retention.age();
        if (age != null && age.compareTo(properties.idempotencyRetention()) < 0) {
            throw new IllegalStateException(
                    "reelgate.retention.age (%s) must not be below reelgate.submission.idempotency-retention (%s): keys go with their jobs"
                            .formatted(age, properties.idempotencyRetention()));
        }
        this.jdbc = jdbc;
    }

    /** What a key is bound to. */
    record Binding(byte[] bodySha256, String jobId) {

        boolean isFor(byte[] otherSha256) {
            return Arrays.equals(bodySha256, otherSha256);
        }
    }

    /** What this key is bound to at this instant. */
    Optional<Binding> find(String app, String key, Instant now) {
        return jdbc.sql("select body_sha256, job_id from idempotency_key where app = ? and key = ? and expires_at > ?")
                .params(app, key, now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Binding(row.getBytes(1), row.getString(2)))
                .optional();
    }

    /**
     * Binds the key; to be called in the transaction that records the job.
     *
     * @return false if another request was faster
     */
    boolean bind(String app, String key, Binding binding, Instant now, Instant expiresAt) {
        jdbc.sql("delete from idempotency_key where app = ? and key = ? and expires_at <= ?")
                .params(app, key, now.atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("""
                                insert into idempotency_key (app, key, body_sha256, job_id, expires_at)
                                values (?, ?, ?, ?, ?) on conflict do nothing
                                """)
                        .params(app, key, binding.bodySha256(), binding.jobId(), expiresAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Frees the keys of jobs that bought nothing. */
    void free(List<String> jobIds) {
        jdbc.sql("delete from idempotency_key where job_id = any (?)")
                .param(jobIds.toArray(String[]::new))
                .update();
    }

    /** Remembers the keys of jobs that wait without an end. */
    void keep(List<String> jobIds) {
        jdbc.sql("update idempotency_key set expires_at = 'infinity' where job_id = any (?)")
                .param(jobIds.toArray(String[]::new))
                .update();
    }

    /** Remembers the keys of these jobs until then. */
    void expire(List<String> jobIds, Instant at) {
        jdbc.sql("update idempotency_key set expires_at = ? where job_id = any (?)")
                .params(at.atOffset(ZoneOffset.UTC), jobIds.toArray(String[]::new))
                .update();
    }

    /** Forgets keys past their time, in batches that each take no longer than a statement may; returns how many. */
    int forgetExpired(Instant now) {
        int forgotten = 0;
        int batch;
        do {
            batch = jdbc.sql("""
                            delete from idempotency_key where (app, key) in (
                              select app, key from idempotency_key where expires_at <= ? limit ? for update skip locked)
                            """).params(now.atOffset(ZoneOffset.UTC), BATCH).update();
            forgotten += batch;
        } while (batch == BATCH);
        return forgotten;
    }
}
