package io.reelgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which price holds, and what is said of a line that cannot be one. */
class PricesTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    @Test
    void theMostSpecificPriceWinsAndThenTheNewest() {
        var prices = prices(
                line("fast", null, null, "10", null),
                line("fast", null, null, "11", "2026-11-01"),
                line("fast", null, null, "12", "2026-11-29"),
                line("fast", "1080p", null, "20", "2026-01-01"),
                line("fast", null, "true", "30", "2026-11-28"),
                line("fast", "4k", "true", "40", null));

        assertThat(prices.perMillion("fast", Tier.P720, false, TODAY)).hasValue(new BigDecimal("11"));
        assertThat(prices.perMillion("fast", Tier.P720, false, TODAY.plusDays(1)))
                .hasValue(new BigDecimal("12"));
        assertThat(prices.perMillion("fast", Tier.P720, false, LocalDate.of(2026, 10, 31)))
                .hasValue(new BigDecimal("10"));
        assertThat(prices.perMillion("fast", Tier.P1080, false, TODAY)).hasValue(new BigDecimal("20"));
        assertThat(prices.perMillion("fast", Tier.P1080, true, TODAY)).hasValue(new BigDecimal("20"));
        assertThat(prices.perMillion("fast", Tier.P480, true, TODAY)).hasValue(new BigDecimal("30"));
        assertThat(prices.perMillion("fast", Tier.K4, true, TODAY)).hasValue(new BigDecimal("40"));
    }

    @Test
    void whatHasNoPriceHasAnUnknownOne() {
        var prices = prices(line("fast", "480p", null, "37", null), line("other", null, null, "1", "2026-12-01"));

        assertThat(prices.perMillion("fast", Tier.P720, false, TODAY)).isEmpty();
        assertThat(prices.perMillion("other", Tier.P720, false, TODAY)).isEmpty();
        assertThat(prices.perMillion("third", Tier.P720, false, TODAY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '"',
            value = {
                "-,    -,   -,     46,       -,        'model' is missing",
                "fast, 8k,  -,     46,       -,        resolution '8k' is none of 480p",
                "fast, -,   maybe, 46,       -,        video-input 'maybe' is neither true nor false",
                "fast, -,   -,     -,        -,        'per-million-tokens' is missing",
                "fast, -,   -,     cheap,    -,        per-million-tokens 'cheap' is no price",
                "fast, -,   -,     -1,       -,        per-million-tokens '-1' is no price",
                "fast, -,   -,     1e-7,     -,        per-million-tokens '1e-7' is no price",
                "fast, -,   -,     46,       tomorrow, from 'tomorrow' is no date",
                "fast, -,   -,     37,       -,        prices[0] is for the same films"
            })
    void namesALineThatIsNoPrice(
            @Nullable String model,
            @Nullable String resolution,
            @Nullable String videoInput,
            @Nullable String perMillion,
            @Nullable String from,
            String sentence) {
        assertThatExceptionOfType(InvalidBilling.class)
                .isThrownBy(() -> prices(
                        line("fast", null, null, "46", null), line(model, resolution, videoInput, perMillion, from)))
                .withMessageStartingWith("reelgate.billing.prices[1]: " + sentence);
    }

    @Test
    void namesACurrencyAndAZoneThatAreNone() {
        assertThatExceptionOfType(InvalidBilling.class)
                .isThrownBy(() -> new Prices(new BillingProperties("yuan", "UTC", List.of())))
                .withMessageStartingWith("reelgate.billing.currency: 'yuan' is no currency");
        assertThatExceptionOfType(InvalidBilling.class)
                .isThrownBy(() -> new BillingDays(new BillingProperties("CNY", "Peking", List.of()), Clock.systemUTC()))
                .withMessageStartingWith("reelgate.billing.zone: 'Peking' is no time zone");
    }

    @Test
    void theStartSaysItInThatSentenceAlone() {
        var analysis =
                new InvalidBillingAnalyzer().analyze(new IllegalStateException(), new InvalidBilling("Mend line 3."));

        assertThat(analysis.getDescription()).isEqualTo("Mend line 3.");
    }

    private static Prices prices(BillingProperties.Line... lines) {
        return new Prices(new BillingProperties("CNY", "Asia/Shanghai", List.of(lines)));
    }

    private static BillingProperties.Line line(
            @Nullable String model,
            @Nullable String resolution,
            @Nullable String videoInput,
            @Nullable String perMillion,
            @Nullable String from) {
        return new BillingProperties.Line(model, resolution, videoInput, perMillion, from);
    }
}
