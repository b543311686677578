package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.operations.Alarm.Message;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** What the console says, in both of its languages. */
class FormatsTests {

    private final Formats words = new Formats(Messages.source());

    @BeforeEach
    void inEnglish() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
    }

    @AfterEach
    void inNoLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "2345678, 2.35 MB",
        "99960000, 100 MB",
        "999499999, 999 MB",
        "999500000, 1 GB",
        "12345678901, 12.3 GB",
        "9223372036854775807, '9,223 PB'"
    })
    void saysBytesInALargeUnit(long bytes, String words) {
        assertThat(this.words.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, –, –",
                "PT-5S, 0 ms, 0 毫秒",
                "PT0S, 0 ms, 0 毫秒",
                "PT0.0419S, 41 ms, 41 毫秒",
                "PT0.999S, 999 ms, 999 毫秒",
                "PT1S, 1.0 s, 1.0 秒",
                "PT9.94S, 9.9 s, 9.9 秒",
                "PT10S, 10 s, 10 秒",
                "PT59.999S, 59 s, 59 秒",
                "PT1M, 1 min 0 s, 1 分 0 秒",
                "PT59M59S, 59 min 59 s, 59 分 59 秒",
                "PT1H, 1 h 0 min, 1 小时 0 分",
                "PT23H59M59S, 23 h 59 min, 23 小时 59 分",
                "PT24H, 1 d 0 h, 1 天 0 小时",
                "P30DT5H59M, 30 d 5 h, 30 天 5 小时"
            })
    void saysALengthInAtMostTwoUnits(@Nullable Duration length, String english, String chinese) {
        assertThat(words.length(length)).isEqualTo(english);
        inChinese();
        assertThat(words.length(length)).isEqualTo(chinese);
    }

    /** 100 % means all of them, so nothing is rounded up. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, –", "0, 0%", "0.5, 50%", "0.1234, 12.3%", "0.9999, 99.9%", "1, 100%"})
    void saysAShareWithoutRoundingItUp(@Nullable Double share, String said) {
        assertThat(words.percent(share)).isEqualTo(said);
        inChinese();
        assertThat(words.percent(share)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, –",
                "0, 0",
                "0.71, 0.71",
                "0.80, 0.80",
                "1234567.5, '1,234,567.5'",
                "-3, -3",
                "1E+3, '1,000'",
                "0.000000000001, 0.000000000001"
            })
    void saysASumWithAllItsDigits(@Nullable BigDecimal sum, String said) {
        assertThat(words.sum(sum)).isEqualTo(said);
        inChinese();
        assertThat(words.sum(sum)).isEqualTo(said);
    }

    @Test
    void separatesThousands() {
        assertThat(words.number(1_234_567)).isEqualTo("1,234,567");
    }

    @Test
    void saysTheLengthsOfASentenceAsEverywhere() {
        var message = new Message("alarm.lag", List.of(1_200L, Duration.ofMinutes(2)));

        assertThat(words.message(message)).isEqualTo("Polling lags: 1,200 polls are due, the oldest for 2 min 0 s");
        inChinese();
        assertThat(words.message(message)).isEqualTo("轮询滞后：1,200 个查询到期，最早的已等待 2 分 0 秒");
    }

    @Test
    void saysTheSumsOfASentenceAsEverywhere() {
        var message =
                new Message("alarm.quota.advice.sums", List.of(new BigDecimal("0.70"), new BigDecimal("1234.5678")));

        assertThat(words.message(message))
                .startsWith("The upstream said that 0.70 was left and 1,234.5678 was needed.");
        inChinese();
        assertThat(words.message(message)).startsWith("上游告知：剩余 0.70，需要 1,234.5678。");
    }

    @Test
    void tellsOneFromMany() {
        assertThat(words.message(new Message("alarm.quota", List.of("fast", 1L, "shop"))))
                .isEqualTo("The balance is empty for fast: 1 job refused, of shop");
        assertThat(words.message(new Message("alarm.quota", List.of("fast", 2L, "shop"))))
                .isEqualTo("The balance is empty for fast: 2 jobs refused, of shop");
    }

    /** An app names itself, and must not be able to speak in the console's words. */
    @Test
    void takesWhatASentenceSpeaksOfAsItIs() {
        assertThat(words.message(new Message("alarm.quota", List.of("{1}", 1L, "it's {0}"))))
                .isEqualTo("The balance is empty for {1}: 1 job refused, of it's {0}");
    }

    @Test
    void saysTheKeyOfAMessageThatThereIsNot() {
        assertThat(words.text("no.such.key")).isEqualTo("no.such.key");
        assertThat(words.name("status", "queued")).isEqualTo("queued");
        assertThat(words.name("status", "of_a_later_release")).isEqualTo("of_a_later_release");
        inChinese();
        assertThat(words.name("status", "queued")).isEqualTo("排队中");
    }

    @Test
    void saysATimeInUtcAndExactly() {
        var time = Instant.parse("2026-07-31T12:00:00.123456Z");

        assertThat(words.utc(time)).isEqualTo("2026-07-31 12:00:00 UTC");
        assertThat(words.exact(time)).isEqualTo("2026-07-31T12:00:00.123Z");
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void cutsNoCharacterInHalf(String text, int most, String cut) {
        assertThat(words.cut(text, most)).isEqualTo(cut);
    }

    static List<Object[]> cuts() {
        return List.of(
                new Object[] {"", 3, ""},
                new Object[] {"abc", 3, "abc"},
                new Object[] {"abcd", 3, "abc…"},
                new Object[] {"ab💡", 4, "ab💡"},
                new Object[] {"ab💡c", 4, "ab💡…"},
                new Object[] {"ab💡c", 3, "ab…"},
                new Object[] {"💡💡", 1, "…"},
                new Object[] {"一二三四", 2, "一二…"});
    }

    private static void inChinese() {
        LocaleContextHolder.setLocale(Locale.CHINESE);
    }
}
