package io.reelgate.console;

import io.reelgate.billing.Money;
import io.reelgate.operations.Alarm;
import io.reelgate.operations.OpsProblem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says numbers, lengths and sentences in the language of the page that is being made; pages know it as {@code words}. */
@Component
public class Formats {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB", "TB", "PB");

    private final MessageSource messages;

    Formats(MessageSource messages) {
        this.messages = messages;
    }

    /** The message of this key, or the key itself if there is none. */
    public String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, key, locale()) instanceof String text ? text : key;
    }

    /** The sentence, its lengths of time and sums said as everywhere on the page. */
    public String message(Alarm.Message message) {
        return text(message.key(), message.values().stream().map(this::said).toArray());
    }

    private Object said(Object value) {
        return switch (value) {
            case Duration length -> length(length);
            case BigDecimal sum -> sum(sum);
            default -> value;
        };
    }

    /** {@code group.word} if there is such a message, else the word: the record may know words that this page does not. */
    public String name(String group, String word) {
        return messages.getMessage(group + "." + word, null, word, locale()) instanceof String name ? name : word;
    }

    /** Why something was not to be had, in the page's language where it has a sentence for it. */
    String problem(OpsProblem problem) {
        var word = problem.word();
        return word == null ? problem.detail() : text("problem." + word + ".text");
    }

    /** With separators between thousands. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }

    /** So many bytes in the largest unit of which there is one, with three digits that count. */
    public String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < BYTES.size() - 1) {
            amount /= 1_000;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(locale());
        format.setMaximumFractionDigits(unit == 0 || amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2);
        return format.format(amount) + " " + BYTES.get(unit);
    }

    /** The length and size that were asked for, in the app's own words, as far as it gave any; a dash if it gave none. */
    public String video(@Nullable String seconds, @Nullable String size) {
        var length = seconds == null ? null : seconds.matches("[0-9.]+") ? text("length.s", seconds) : seconds;
        return length == null && size == null
                ? "–"
                : Stream.of(length, size).filter(Objects::nonNull).collect(Collectors.joining(" · "));
    }

    /** A sum in whatever unit, with all its digits; a dash if there is none. */
    public String sum(@Nullable BigDecimal sum) {
        if (sum == null) {
            return "–";
        }
        var format = NumberFormat.getNumberInstance(locale());
        format.setMinimumFractionDigits(Math.max(0, sum.scale()));
        format.setMaximumFractionDigits(Math.max(0, sum.scale()));
        return format.format(sum);
    }

    /** An amount to the cent; a word for one that nobody knows. */
    public String money(@Nullable BigDecimal amount) {
        return amount == null ? text("spend.unknown") : sum(amount.setScale(2, RoundingMode.HALF_UP));
    }

    /** The same with all its places, as the hover shows it. */
    public @Nullable String exactMoney(@Nullable BigDecimal amount) {
        return amount == null ? null : sum(amount.setScale(Money.SCALE, RoundingMode.HALF_UP));
    }

    /** A share from 0 to 1 as a percentage; a dash if there is none. 100 % means all of them. */
    public String percent(@Nullable Double share) {
        if (share == null) {
            return "–";
        }
        var format = NumberFormat.getPercentInstance(locale());
        format.setMaximumFractionDigits(1);
        format.setRoundingMode(RoundingMode.FLOOR);
        return format.format(share);
    }

    /** A length of time in at most two units, as fine as is worth knowing; a dash if there is none. */
    public String length(@Nullable Duration length) {
        if (length == null) {
            return "–";
        }
        long seconds = length.toSeconds();
        if (seconds < 1) {
            return text("length.ms", Math.max(0, length.toMillis()));
        }
        if (seconds < 10) {
            return text("length.s", String.format(Locale.ROOT, "%.1f", length.toMillis() / 1000.0));
        }
        if (seconds < 60) {
            return text("length.s", seconds);
        }
        if (seconds < 3_600) {
            return text("length.min", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return text("length.h", seconds / 3_600, seconds % 3_600 / 60);
        }
        return text("length.d", seconds / 86_400, seconds % 86_400 / 3_600);
    }

    /** A time as it stands until the browser has put it into its own zone. */
    public String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** A time as the hover shows it, exact to the millisecond. */
    public String exact(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** At most so many characters of a text, and an ellipsis if there are more; never half of a character. */
    public String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, text.offsetByCodePoints(0, head(text, most))) + "…";
    }

    private static int head(String text, int most) {
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.codePointCount(0, end);
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
