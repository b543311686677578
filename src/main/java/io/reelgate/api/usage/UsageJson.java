package io.reelgate.api.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.billing.Money;
import io.reelgate.billing.spend.SpendLine;
import io.reelgate.billing.spend.UsageLine;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an app spent, by day and model. */
@Schema(name = "UsageReport")
record UsageJson(
        @Schema(description = "What this is", example = "usage")
        String object,

        @Schema(description = "The first day", example = "2026-11-01")
        String from,

        @Schema(description = "The last day", example = "2026-11-30")
        String to,

        @Schema(description = "In which zone days begin", example = "Asia/Shanghai")
        String zone,

        @Schema(description = "In which currency", example = "CNY")
        String currency,

        @ArraySchema(arraySchema = @Schema(description = "The first day first"))
        List<Item> items,

        @Schema(description = "All of them together") Sums total) {

    /** What was spent on a model on a day. */
    @Schema(name = "UsageItem")
    record Item(
            @Schema(description = "The day on which the jobs were sent", example = "2026-11-28")
            String day,

            @Schema(description = "The model", example = "doubao-seedance-2-0-fast")
            String model,

            @Schema(description = "Jobs that cost something, or may", example = "1")
            long jobs,

            @Schema(description = "What settled and estimated stand for", example = "48437")
            long tokens,

            @Schema(description = "Settled and estimated; null without a price", example = "1.792169") @Nullable
            String amount,

            @Schema(description = "What is certain", example = "1.792169") @Nullable
            String settled,

            @Schema(description = "Jobs in flight, and films without a word of their tokens", example = "0") @Nullable
            String estimated,

            @Schema(description = "Jobs of which nobody knows whether they were bought", example = "0")
            @JsonProperty("possibly_spent")
            @Nullable
            String possiblySpent) {

        static Item of(UsageLine line) {
            var sums = Sums.of(line.spent());
            return new Item(
                    line.day().toString(),
                    line.model(),
                    sums.jobs(),
                    sums.tokens(),
                    sums.amount(),
                    sums.settled(),
                    sums.estimated(),
                    sums.possiblySpent());
        }
    }

    /** The same of all days and models. */
    @Schema(name = "UsageTotal")
    record Sums(
            long jobs,
            long tokens,
            @Nullable String amount,
            @Nullable String settled,
            @Nullable String estimated,
            @JsonProperty("possibly_spent") @Nullable String possiblySpent) {

        static Sums of(SpendLine line) {
            return new Sums(
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
}
