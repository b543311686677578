package io.reelgate.billing.charge;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One charge of a job as it stands on record: what it adds to those before it.
 *
 * @param day of the bill: the one on which the job was sent
 * @param tokens what settled and estimated stand for
 * @param perMillion the price that the job was sent at
 * @param basis {@code usage}, {@code estimate}, {@code possibly_spent}, {@code taken_back} or {@code ops}
 * @param note why ops corrected it
 * @param by who did
 */
public record Charge(
        Instant at,
        LocalDate day,
        long tokens,
        BigDecimal settled,
        BigDecimal estimated,
        BigDecimal possiblySpent,
        @Nullable BigDecimal perMillion,
        @Nullable String currency,
        String basis,
        @Nullable String note,
        @Nullable String by) {}
