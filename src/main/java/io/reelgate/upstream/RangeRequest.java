package io.reelgate.upstream;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a film is asked for, and on which condition (RFC 9110, 14.2 and 13.1.5), in a form that may be sent on.
 *
 * @param range such as {@code bytes=0-99,-5}; {@code null} for the whole
 * @param ifRange the film's strong entity tag or date; only with a range
 */
public record RangeRequest(@Nullable String range, @Nullable String ifRange) {

    /** All of it. */
    public static final RangeRequest WHOLE = new RangeRequest(null, null);

    private static final int MOST_RANGES = 10;
    private static final int LONGEST = 400;
    private static final Pattern UNIT = Pattern.compile("(?i)bytes=(.*)");
    private static final Pattern ONE = Pattern.compile("(\\d{1,18})-(\\d{0,18})|-\\d{1,18}");
    private static final Pattern STRONG_TAG = Pattern.compile("\"[!#-~]{0,200}\"");

    /** What these lines of {@code Range} and {@code If-Range} ask for; what makes no sense asks for the whole, as by RFC 9110. */
    public static RangeRequest of(List<String> range, List<String> ifRange) {
        var ranges = range.size() == 1 ? ranges(range.getFirst()) : null;
        if (ranges == null || ifRange.size() > 1) {
            return WHOLE;
        }
        if (ifRange.isEmpty()) {
            return new RangeRequest(ranges, null);
        }
        var condition = ifRange.getFirst().strip();
        return isCondition(condition) ? new RangeRequest(ranges, condition) : WHOLE;
    }

    public boolean isWhole() {
        return range == null;
    }

    private static @Nullable String ranges(String header) {
        var bytes = UNIT.matcher(header.strip());
        if (header.length() > LONGEST || !bytes.matches()) {
            return null;
        }
        var ranges = Stream.of(bytes.group(1).split(",", -1)).map(String::strip).toList();
        return ranges.size() <= MOST_RANGES && ranges.stream().allMatch(RangeRequest::isRange)
                ? ranges.stream().collect(Collectors.joining(",", "bytes=", ""))
                : null;
    }

    private static boolean isRange(String text) {
        var range = ONE.matcher(text);
        if (!range.matches()) {
            return false;
        }
        var last = range.group(2);
        return last == null || last.isEmpty() || Long.parseLong(range.group(1)) <= Long.parseLong(last);
    }

    private static boolean isCondition(String text) {
        return STRONG_TAG.matcher(text).matches() || isDate(text);
    }

    private static boolean isDate(String text) {
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
            return text.length() <= 40;
        } catch (DateTimeException noDate) {
            return false;
        }
    }
}
