package io.reelgate.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How amounts are made and written. An amount is rounded where tokens meet a price, to six places, and nowhere else. */
public final class Money {

    /** The places of an amount. */
    public static final int SCALE = 6;

    private static final int A_MILLION = 6;

    private Money() {}

    /** What so many tokens cost at this price for a million. */
    public static BigDecimal of(long tokens, BigDecimal perMillion) {
        return perMillion
                .multiply(BigDecimal.valueOf(tokens))
                .movePointLeft(A_MILLION)
                .setScale(SCALE, RoundingMode.HALF_UP);
    }

    /** The amount as programs get it: six places, and nothing is {@code 0}. */
    public static String text(BigDecimal amount) {
        return amount.signum() == 0
                ? "0"
                : amount.setScale(SCALE, RoundingMode.HALF_UP).toPlainString();
    }
}
