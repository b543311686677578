package io.reelgate.console.spend;

import io.reelgate.billing.spend.Spend;
import io.reelgate.billing.spend.SpendBy;
import io.reelgate.billing.spend.SpendRange;
import io.reelgate.operations.spend.Spending;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /ops/spend}: what was spent, by app, model or day, and on each day. */
@Controller
class SpendPage {

    static final String PATH = "/ops/spend";

    /** Lines on the page; the file has more. */
    private static final int MOST_LINES = 50;

    private final Spending spending;
    private final SpendChartMaker charts;

    SpendPage(Spending spending, SpendChartMaker charts) {
        this.spending = spending;
        this.charts = charts;
    }

    /** A range that is one click away. */
    record Choice(String word, SpendRange range, boolean current) {}

    /**
     * All that the page shows.
     *
     * @param spend as it was asked for
     * @param unpriced models of which some jobs had no price
     * @param priced whether there is any price at all
     */
    record Sheet(Spend spend, SpendChart chart, List<Choice> choices, List<String> unpriced, boolean priced) {

        /** All splits that can be chosen. */
        public List<SpendBy> splits() {
            return List.of(SpendBy.values());
        }

        /** Whether no job cost anything. */
        public boolean isEmpty() {
            return spend.total().jobs() == 0;
        }

        /** The name in place of that of all others. */
        public boolean isOthers(String key) {
            return Spend.OTHERS.equals(key);
        }
    }

    @GetMapping(PATH)
    String spend(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "app") String by,
            Model model) {
        var split = Spending.by(by);
        var range = spending.range(from, to);
        var byDay = spending.spent(range, SpendBy.DAY);
        var spend = split == SpendBy.DAY ? byDay : spending.spent(range, split);
        var shown = split == SpendBy.DAY ? spend : spend.first(MOST_LINES);
        model.addAttribute(
                "sheet",
                new Sheet(
                        shown,
                        charts.draw(byDay),
                        choices(range),
                        byDay.total().unpriced() == 0 ? List.of() : spending.unpriced(range),
                        spending.hasPrices()));
        return "ops/spend";
    }

    private List<Choice> choices(SpendRange range) {
        var now = spending.month(0);
        var last = spending.month(1);
        return List.of(new Choice("this", now, now.equals(range)), new Choice("last", last, last.equals(range)));
    }
}
