package io.reelgate.billing.charge;

import io.reelgate.billing.Cost;
import io.reelgate.billing.Standing;
import io.reelgate.job.Estimate;
import io.reelgate.job.JobStatus;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as its charges see it.
 *
 * @param tokens that the upstream counted
 * @param corrected what ops say that it came to
 * @param day which its charges are of, if it has any
 * @param charged what they come to so far
 */
record ChargedJob(
        String id,
        int attempt,
        int account,
        String app,
        String model,
        JobStatus status,
        @Nullable String errorCode,
        @Nullable Long tokens,
        Instant sentAt,
        @Nullable Estimate estimate,
        @Nullable BigDecimal corrected,
        @Nullable LocalDate day,
        Sums charged) {

    /** What a statement selects of {@code job}, whose charges are {@code charged}. */
    static final String COLUMNS = """
            job.id, job.attempt, job.account, job.app, job.model, job.status, job.error_code,
              coalesce(job.completion_tokens, job.total_tokens) as tokens, coalesce(job.sent_at, job.created_at) as sent_at,
              job.estimated_tokens, job.price_per_million, job.price_currency, job.corrected_amount,
              charged.day, charged.jobs, charged.unpriced, charged.tokens as charged_tokens, charged.settled,
              charged.estimated, charged.possibly_spent""";

    static final String CHARGED = """

             cross join lateral (
              select min(day) as day, coalesce(sum(jobs), 0) as jobs, coalesce(sum(unpriced), 0) as unpriced,
                coalesce(sum(tokens), 0) as tokens, coalesce(sum(settled), 0) as settled,
                coalesce(sum(estimated), 0) as estimated, coalesce(sum(possibly_spent), 0) as possibly_spent
              from charge where job_id = job.id) charged""";

    static ChargedJob of(ResultSet row) throws SQLException {
        var estimated = row.getObject("estimated_tokens", Long.class);
        return new ChargedJob(
                row.getString("id"),
                row.getInt("attempt"),
                row.getInt("account"),
                row.getString("app"),
                row.getString("model"),
                JobStatus.of(row.getString("status")),
                row.getString("error_code"),
                row.getObject("tokens", Long.class),
                row.getTimestamp("sent_at").toInstant(),
                estimated == null
                        ? null
                        : new Estimate(
                                estimated, row.getBigDecimal("price_per_million"), row.getString("price_currency")),
                row.getBigDecimal("corrected_amount"),
                row.getObject("day", LocalDate.class),
                new Sums(
                        row.getInt("jobs"),
                        row.getInt("unpriced"),
                        row.getLong("charged_tokens"),
                        row.getBigDecimal("settled"),
                        row.getBigDecimal("estimated"),
                        row.getBigDecimal("possibly_spent")));
    }

    /** How it stands by itself, whatever ops say. */
    Standing standing() {
        return Standing.of(status, errorCode, tokens);
    }

    /** What it costs as it stands; {@code null} without a price. */
    @Nullable
    Cost cost() {
        return Cost.of(standing(), tokens, estimate, status.ended() ? corrected : null);
    }

    /** The tokens counted, else estimated, else none. */
    long knownTokens() {
        return Objects.requireNonNullElse(tokens, estimate == null ? 0L : estimate.tokens());
    }
}
