package io.reelgate.operations;

import io.reelgate.billing.BillingDays;
import io.reelgate.billing.Prices;
import io.reelgate.billing.spend.SpendQueries;
import io.reelgate.billing.spend.SpendRange;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** The models of which jobs had no price lately, so that no sum has what they cost. */
@Component
class UnpricedModels {

    private static final int MOST = 20;

    private final SpendQueries spend;
    private final Prices prices;
    private final BillingDays days;
    private final ExpiringSupplier<List<String>> models;

    UnpricedModels(SpendQueries spend, Prices prices, BillingDays days, OpsReads reads, Clock clock) {
        this.spend = spend;
        this.prices = prices;
        this.days = days;
        this.models = new ExpiringSupplier<>(Duration.ofSeconds(30), clock, () -> reads.timed(this::count));
    }

    /** Those of today and yesterday; none where nothing has a price at all. */
    List<String> now() {
        return prices.any() ? models.get() : List.of();
    }

    private List<String> count() {
        var today = days.today();
        return spend.unpriced(new SpendRange(today.minusDays(1), today), MOST);
    }
}
