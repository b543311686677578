package io.reelgate.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code reelgate.billing.prices}; what it cannot read it names in one sentence. */
final class PriceReader {

    private static final BigDecimal MOST = new BigDecimal(1_000_000);
    private static final int LONGEST = 20;

    private final String line;

    /** For the line of this index, counted from 0 as properties are. */
    PriceReader(int index) {
        this.line = "reelgate.billing.prices[%d]".formatted(index);
    }

    Price read(BillingProperties.Line from) {
        var model = blank(from.model());
        if (model == null) {
            throw wrong("'model' is missing; name the model whose films cost that");
        }
        return new Price(
                model,
                tier(blank(from.resolution())),
                videoInput(blank(from.videoInput())),
                amount(blank(from.perMillionTokens())),
                date(blank(from.from())));
    }

    InvalidBilling wrong(String what) {
        return new InvalidBilling(line + ": " + what);
    }

    private @Nullable Tier tier(@Nullable String text) {
        return text == null
                ? null
                : Tier.of(text)
                        .orElseThrow(
                                () -> wrong("resolution '%s' is none of 480p, 720p, 1080p and 4k; leave it out for any"
                                        .formatted(text)));
    }

    private @Nullable Boolean videoInput(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("video-input '%s' is neither true nor false; leave it out for both".formatted(text));
        };
    }

    private BigDecimal amount(@Nullable String text) {
        if (text == null) {
            throw wrong("'per-million-tokens' is missing; write the price of a million tokens, such as 46");
        }
        try {
            var amount = text.length() > LONGEST ? null : new BigDecimal(text);
            if (amount != null
                    && amount.signum() >= 0
                    && amount.compareTo(MOST) <= 0
                    && amount.stripTrailingZeros().scale() <= Money.SCALE) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // Answered below, as any other text that is no price.
        }
        throw wrong("per-million-tokens '%s' is no price; write a number from 0 to 1000000 with at most six places"
                .formatted(text));
    }

    private LocalDate date(@Nullable String text) {
        try {
            return text == null ? LocalDate.MIN : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("from '%s' is no date; write it as 2026-07-01, or leave it out".formatted(text));
        }
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
