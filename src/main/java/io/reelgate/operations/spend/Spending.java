package io.reelgate.operations.spend;

import io.reelgate.billing.BillingDays;
import io.reelgate.billing.Prices;
import io.reelgate.billing.spend.Spend;
import io.reelgate.billing.spend.SpendBy;
import io.reelgate.billing.spend.SpendQueries;
import io.reelgate.billing.spend.SpendRange;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.OpsReads;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What ops ask about money. */
@Service
public class Spending {

    private static final int MOST_MODELS = 20;

    private final SpendQueries spend;
    private final Prices prices;
    private final BillingDays days;
    private final OpsReads reads;

    Spending(SpendQueries spend, Prices prices, BillingDays days, OpsReads reads) {
        this.spend = spend;
        this.prices = prices;
        this.days = days;
        this.reads = reads;
    }

    /** What was spent on these days; throws {@link OpsProblem} if it takes too long. */
    public Spend spent(SpendRange range, SpendBy by) {
        return reads.run(() -> spend.spent(range, by));
    }

    /** Whether any price is configured. */
    public boolean hasPrices() {
        return prices.any();
    }

    /** The models of which jobs of these days had no price. */
    public List<String> unpriced(SpendRange range) {
        return reads.run(() -> spend.unpriced(range, MOST_MODELS));
    }

    /** This month, or the one that was so many before it. */
    public SpendRange month(int before) {
        var first = days.today().withDayOfMonth(1).minusMonths(before);
        return new SpendRange(first, first.plusMonths(1).minusDays(1));
    }

    /** Reads the days of an address; without any, this month. Throws {@link OpsProblem} if there is no such range. */
    public SpendRange range(@Nullable String from, @Nullable String to) {
        var last = isBlank(to) ? null : date("to", to);
        var first = isBlank(from) ? (last == null ? days.today() : last).withDayOfMonth(1) : date("from", from);
        if (last == null) {
            last = first.plusMonths(1).minusDays(1);
        }
        if (!SpendRange.isPossible(first, last)) {
            throw OpsProblem.parameter(
                    "to",
                    "to must be from itself or a day after it, and at most %d days in all"
                            .formatted(SpendRange.MOST_DAYS));
        }
        return new SpendRange(first, last);
    }

    /** Reads what spend is to be split by; throws {@link OpsProblem} for anything else. */
    public static SpendBy by(String word) {
        return SpendBy.of(word).orElseThrow(() -> OpsProblem.parameter("by", "by must be one of: app, model, day"));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static LocalDate date(String parameter, @Nullable String text) {
        try {
            var date = LocalDate.parse(text == null ? "" : text.strip());
            if (date.getYear() >= SpendRange.FIRST_YEAR && date.getYear() <= SpendRange.LAST_YEAR) {
                return date;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw OpsProblem.parameter(parameter, parameter + " must be a date such as 2026-07-20");
    }
}
