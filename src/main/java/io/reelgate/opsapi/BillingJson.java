package io.reelgate.opsapi;

import io.reelgate.billing.Cost;
import io.reelgate.billing.Money;
import io.reelgate.billing.charge.Charge;
import io.reelgate.operations.JobMoney;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The money of one job, for ops. Amounts are decimal numbers as texts.
 *
 * @param perMillionTokens the price it was sent at; {@code null} without one
 * @param charges what was booked of it, the first first: differences, whose sum is what it comes to
 */
@JsonNaming(SnakeCaseStrategy.class)
record BillingJson(
        @Nullable Long estimatedTokens,
        @Nullable String perMillionTokens,
        @Nullable CostOfJob cost,
        List<ChargeJson> charges) {

    /** What it costs as it stands. */
    record CostOfJob(String amount, String currency, String basis) {

        static CostOfJob of(Cost cost) {
            return new CostOfJob(Money.text(cost.amount()), cost.currency(), cost.basis());
        }
    }

    /** One charge. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ChargeJson(
            Instant at,
            String day,
            long tokens,
            String settled,
            String estimated,
            String possiblySpent,
            String basis,
            @Nullable String note,
            @Nullable String by) {

        static ChargeJson of(Charge charge) {
            return new ChargeJson(
                    charge.at(),
                    charge.day().toString(),
                    charge.tokens(),
                    Money.text(charge.settled()),
                    Money.text(charge.estimated()),
                    Money.text(charge.possiblySpent()),
                    charge.basis(),
                    charge.note(),
                    charge.by());
        }
    }

    /** The same as JSON. */
    static BillingJson of(JobMoney money) {
        var estimate = money.estimate();
        BigDecimal price = estimate == null ? null : estimate.perMillion();
        return new BillingJson(
                estimate == null ? null : estimate.tokens(),
                price == null ? null : price.toPlainString(),
                money.cost() == null ? null : CostOfJob.of(money.cost()),
                money.charges().stream().map(ChargeJson::of).toList());
    }
}
