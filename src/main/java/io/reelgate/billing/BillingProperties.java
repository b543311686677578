package io.reelgate.billing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What films cost. All values are read as texts, and judged by {@link Prices} and {@link BillingDays}, whose sentences name the line.
 *
 * @param currency of all prices: three capital letters
 * @param zone whose days and months are those of the bill
 * @param prices by model, and where it matters by resolution, video input and date
 */
@ConfigurationProperties("reelgate.billing")
record BillingProperties(
        @DefaultValue("CNY") String currency,
        @DefaultValue("Asia/Shanghai") String zone,
        @DefaultValue List<Line> prices) {

    /**
     * A price.
     *
     * @param model whose films cost that
     * @param resolution {@code 480p}, {@code 720p}, {@code 1080p} or {@code 4k}; none: any
     * @param videoInput {@code true} for jobs that go by a film, {@code false} for others; none: both
     * @param perMillionTokens the price of a million tokens
     * @param from the first day it holds, as 2026-07-01; none: always
     */
    record Line(
            @Nullable String model,
            @Nullable String resolution,
            @Nullable String videoInput,
            @Nullable String perMillionTokens,
            @Nullable String from) {}
}
