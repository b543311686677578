package io.reelgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums of a refusal for want of money: right, or none. */
class ShortfallTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "用户剩余额度: ＄0.71, 需要预扣费额度: ＄0.80 | 0.71 | 0.80",
                "预扣费额度失败, 用户剩余额度: ＄0.071304, 需要预扣费额度: ＄0.800000 (request id: 20260731) | 0.071304 | 0.800000",
                "预扣费额度失败，用户剩余额度：$0.086392，需要预扣费额度：$0.203380 | 0.086392 | 0.203380",
                "预扣费额度失败, 用户[141283]剩余额度: 💰0.04, 需要预扣费额度: 💰0.06 | 0.04 | 0.06",
                "用户剩余额度: ¥5.2, 需要预扣费额度: ¥27.6 | 5.2 | 27.6",
                "用户剩余额度: ￥5.2, 需要预扣费额度: ￥27.6 | 5.2 | 27.6",
                "用户剩余额度: 0.579, 需要预扣费额度: 9.888 | 0.579 | 9.888",
                "用户剩余额度: 500 点额度, 需要预扣费额度: 108900 点额度 | 500 | 108900",
                "用户额度不足, 剩余额度: ＄-0.012 | -0.012 |",
                "token quota is not enough, token remain quota: ＄0.1, need quota: ＄0.9 | 0.1 | 0.9",
                "user quota: $0.71, need quota: $0.80 | 0.71 | 0.80",
                "Insufficient balance. Remaining: $0.71. Required: $0.80. | 0.71 | 0.80",
                "Remaining quota $0.71, required quota $0.80 | 0.71 | 0.80",
                "You have $0.71, but this video needs $0.80 | 0.71 | 0.80",
                "remaining balance is 0.71 USD, amount required = 1,234.50 USD | 0.71 | 1234.50",
                "剩余余额：1,234,567，需要：2,345,678 | 1234567 | 2345678",
            })
    void readsWhatWasLeftAndWhatWasNeeded(String words, @Nullable BigDecimal remaining, @Nullable BigDecimal required) {
        assertThat(Shortfall.in(words)).isEqualTo(new Shortfall(remaining, required));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Insufficient balance",
                "该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = 0",
                "You exceeded your current quota of 60 requests per minute",
                "remaining requests: 5, required: yes",
                "用户剩余额度: ＄5K",
                "用户剩余额度: 5万",
                "用户剩余额度: 5 %",
                "剩余额度: 5/60",
                "剩余额度: 1,234",
                "剩余额度: 1.234.567",
                "剩余额度: 12,34",
                "剩余额度: 2026-07-31",
                "剩余额度: 1e5",
                "剩余额度: 5 million",
                "剩余额度: 1234567890123",
                "剩余额度: ０．７１",
                "用户剩余额度: ＄5, 令牌剩余额度: ＄0.1",
                "用户剩余额度: ＄0.90, 需要预扣费额度: ＄0.80",
                "需要 5 秒后重试",
                "用户剩余额度: ＄0.7…",
            })
    void readsNothingWhereItIsUnsure(String words) {
        assertThat(Shortfall.in(words)).isNull();
    }

    /** Only its code says what it means: the words may be the prompt's. */
    @Test
    void readsNothingInARefusalThatMayQuoteThePrompt() {
        assertThat(Fixtures.submissions().read(Fixtures.answer(400, "error/balance-sums")))
                .isInstanceOfSatisfying(
                        SubmissionOutcome.QuotaExhausted.class,
                        exhausted -> assertThat(exhausted.shortfall()).isNull());
    }

    @Test
    void readsTheSumsOfARefusalInsideAnother() {
        var outcome = Fixtures.submissions().read(Fixtures.answer(403, "error/passed-on-balance-of-a-relay"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SubmissionOutcome.QuotaExhausted.class,
                        exhausted -> assertThat(exhausted.shortfall())
                                .isEqualTo(new Shortfall(new BigDecimal("5.200000"), new BigDecimal("27.600000"))));
    }
}
