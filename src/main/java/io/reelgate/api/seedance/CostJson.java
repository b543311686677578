package io.reelgate.api.seedance;

import io.reelgate.billing.Cost;
import io.reelgate.billing.Money;
import io.reelgate.job.query.JobView;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a job costs, for its app. */
@Schema(name = "Cost")
record CostJson(
        @Schema(description = "How much, as a decimal number", example = "1.792169")
        String amount,

        @Schema(description = "In which currency", example = "CNY")
        String currency,

        @Schema(
                description = "estimate: what it is expected to come to, or may have; usage: what it came to",
                allowableValues = {"estimate", "usage"},
                example = "usage")
        String basis) {

    static final String DESCRIPTION = "What it costs; null if there is no price for such a film";

    /** The cost of this job; {@code null} if it had no price when it was sent. */
    static @Nullable CostJson of(JobView job) {
        var cost = Cost.of(job);
        return cost == null ? null : new CostJson(Money.text(cost.amount()), cost.currency(), cost.basis());
    }
}
