package io.reelgate.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The configured prices. What has no price has an unknown one, and never 0. */
@Component
public class Prices {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final String currency;
    private final List<Price> prices;

    Prices(BillingProperties properties) {
        this.currency = properties.currency();
        if (!CURRENCY.matcher(currency).matches()) {
            throw new InvalidBilling(
                    "reelgate.billing.currency: '%s' is no currency; write its three capital letters, such as CNY"
                            .formatted(currency));
        }
        this.prices = read(properties.prices());
    }

    /** The currency of all of them. */
    public String currency() {
        return currency;
    }

    /** Whether there are any. */
    public boolean any() {
        return !prices.isEmpty();
    }

    /** The price of a million tokens of such a film that is sent on this day. */
    Optional<BigDecimal> perMillion(String model, Tier tier, boolean videoInput, LocalDate day) {
        return prices.stream()
                .filter(price -> price.holds(model, tier, videoInput, day))
                .max(Price.BEST_LAST)
                .map(Price::perMillion);
    }

    private static List<Price> read(List<BillingProperties.Line> lines) {
        var prices = new ArrayList<Price>();
        for (var line : lines) {
            var reader = new PriceReader(prices.size());
            var price = reader.read(line);
            for (int earlier = 0; earlier < prices.size(); earlier++) {
                if (price.isSameCase(prices.get(earlier))) {
                    throw reader.wrong("prices[%d] is for the same films from the same day on; keep one of the two"
                            .formatted(earlier));
                }
            }
            prices.add(price);
        }
        return List.copyOf(prices);
    }
}
