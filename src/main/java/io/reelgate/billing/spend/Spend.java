package io.reelgate.billing.spend;

import java.util.ArrayList;
import java.util.List;

/**
 * What was spent on jobs that were sent on some days.
 *
 * @param items what each app or model spent, the most first, or what was spent each day that has any, the first first
 * @param total of all of them
 */
public record Spend(
        SpendRange range, String zone, String currency, SpendBy by, List<SpendLine> items, SpendLine total) {

    /** The name of what has no line of its own; no app has such a name. */
    public static final String OTHERS = "(others)";

    /** The first so many items, and what all others come to together, so that the items always come to the total. */
    public Spend first(int most) {
        if (items.size() <= most) {
            return this;
        }
        var shown = new ArrayList<>(items.subList(0, most));
        var rest = total;
        for (var item : shown) {
            rest = rest.minus(item);
        }
        shown.add(rest.named(OTHERS));
        return new Spend(range, zone, currency, by, List.copyOf(shown), total);
    }
}
