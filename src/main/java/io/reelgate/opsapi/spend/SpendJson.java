package io.reelgate.opsapi.spend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reelgate.billing.Money;
import io.reelgate.billing.spend.Spend;
import io.reelgate.billing.spend.SpendBy;
import io.reelgate.billing.spend.SpendLine;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What was spent, for ops. Amounts are decimal numbers as texts, and {@code null} where no job had a price.
 *
 * @param from the first day, in the zone
 * @param to the last day
 * @param by {@code app}, {@code model} or {@code day}
 * @param items the most spent first, or the first day first; they come to the total
 */
record SpendJson(
        String from, String to, String zone, String currency, String by, List<SpendItem> items, SpendItem total) {

    /** One app, model or day, or all of them together, which has none of the three. */
    @JsonNaming(SnakeCaseStrategy.class)
    record SpendItem(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String app,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String model,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String day,

            long jobs,
            long tokens,
            @Nullable String amount,
            @Nullable String settled,
            @Nullable String estimated,
            @Nullable String possiblySpent) {

        static SpendItem of(SpendLine line, @Nullable SpendBy by) {
            return new SpendItem(
                    by == SpendBy.APP ? line.key() : null,
                    by == SpendBy.MODEL ? line.key() : null,
                    by == SpendBy.DAY ? line.key() : null,
                    line.jobs(),
                    line.tokens(),
                    text(line.amount()),
                    text(line.known(line.settled())),
                    text(line.known(line.estimated())),
                    text(line.known(line.possiblySpent())));
        }

        private static @Nullable String text(@Nullable BigDecimal amount) {
            return amount == null ? null : Money.text(amount);
        }
    }

    static SpendJson of(Spend spend) {
        return new SpendJson(
                spend.range().from().toString(),
                spend.range().to().toString(),
                spend.zone(),
                spend.currency(),
                spend.by().word(),
                spend.items().stream()
                        .map(line -> SpendItem.of(line, spend.by()))
                        .toList(),
                SpendItem.of(spend.total(), null));
    }
}
