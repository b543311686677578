package io.reelgate.billing;

import io.reelgate.job.Estimate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a job will cost, before it is sent. */
@Component
public class Estimates {

    private final Prices prices;
    private final BillingDays days;

    Estimates(Prices prices, BillingDays days) {
        this.prices = prices;
        this.days = days;
    }

    /** The estimate of such a film that is sent now, at the price of today. */
    public Estimate of(String model, VideoSpec film, Instant now) {
        var perMillion = prices.perMillion(model, film.tier(), film.videoInput(), days.of(now))
                .orElse(null);
        return new Estimate(film.tokens(), perMillion, currency(perMillion));
    }

    private @Nullable String currency(@Nullable Object price) {
        return price == null ? null : prices.currency();
    }
}
