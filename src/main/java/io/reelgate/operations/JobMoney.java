package io.reelgate.operations;

import io.reelgate.billing.Cost;
import io.reelgate.billing.Money;
import io.reelgate.billing.charge.Charge;
import io.reelgate.job.Estimate;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job's money.
 *
 * @param estimate what it was expected to cost when it was sent, if that was kept
 * @param cost what it costs as it stands; {@code null} without a price
 * @param charges its latest ones, the oldest of them first
 * @param ended whether ops can say what it came to
 */
public record JobMoney(
        @Nullable Estimate estimate, @Nullable Cost cost, List<Charge> charges, boolean ended) {

    /** What the estimate comes to; {@code null} without a price. */
    public @Nullable BigDecimal estimated() {
        return estimate == null || estimate.perMillion() == null
                ? null
                : Money.of(estimate.tokens(), estimate.perMillion());
    }
}
