package io.reelgate.upstream;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much was left and how much a job would have needed, as the upstream says it when it has no money for it:
 * {@code 用户剩余额度: ＄0.71, 需要预扣费额度: ＄0.80}. In the upstream's own unit, mostly dollars; at least one is given.
 */
public record Shortfall(
        @Nullable BigDecimal remaining, @Nullable BigDecimal required) {

    /** What comes between a label and its number: a colon or the like, or else a currency's sign. */
    private static final String BETWEEN = "(?:\\s*(?:[:：=]|is|为|是)\\s*[\\p{Sc}\\p{So}]?|\\s*[\\p{Sc}\\p{So}])\\s*";

    private static final String NUMBER = "(-?(?:\\d{1,12}|\\d{1,3}(?:,\\d{3}){1,3})(?:\\.\\d{1,12})?)";

    /** Not in the midst of a longer number, a date or a share, and not before a multiple: what is read must be all of it. */
    private static final String END = "(?!\\d|…|[.,:/-]\\d|\\s?[%万亿千百]|\\s[kmb]\\b|\\s(?:thousand|million|billion)\\b"
            + "|(?!usd|cny|rmb|points?|credits?|tokens?)[a-z])";

    private static final Pattern REMAINING = sum("剩余(?:额度|余额|金额)?|(?:当前|账户|用户|可用)余额"
            + "|remain(?:ing)? (?:quota|balance|credits?|amount)|user quota|(?:your|user|current|available|account) balance"
            + "|(?:quota|balance|credits?) (?:remaining|left)|remaining|you have");

    private static final Pattern REQUIRED = sum("(?:需要?|所需)(?:预扣费?|扣费|消耗|支付)?(?:额度|余额|金额|费用)?|预扣费?额度"
            + "|(?:need|needs|needed|required) (?:quota|balance|credits?|amount)|(?:quota|balance|credits?|amount) (?:needed|required)"
            + "|required|requires|needed|needs?");

    /** The sums in these words, or {@code null} if they name none, or not clearly. */
    static @Nullable Shortfall in(String words) {
        var remaining = only(REMAINING, words);
        var required = only(REQUIRED, words);
        var contradictory = remaining != null && required != null && remaining.compareTo(required) > 0;
        return contradictory || (remaining == null && required == null) ? null : new Shortfall(remaining, required);
    }

    /** What is named once, or several times with the same sum. */
    private static @Nullable BigDecimal only(Pattern sum, String words) {
        var sums = sum.matcher(words)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
        return sums.size() == 1 ? number(sums.getFirst()) : null;
    }

    private static Pattern sum(String labels) {
        return Pattern.compile("(?i)(?:" + labels + ")" + BETWEEN + NUMBER + END);
    }

    /** A single comma may be the decimal one: {@code 1,234} is told by nobody, {@code 1,234.5} and {@code 1,234,567} are clear. */
    private static @Nullable BigDecimal number(String text) {
        var unclear = text.indexOf(',') == text.lastIndexOf(',') && text.contains(",") && !text.contains(".");
        return unclear ? null : new BigDecimal(text.replace(",", ""));
    }
}
