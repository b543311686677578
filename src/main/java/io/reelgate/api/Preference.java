package io.reelgate.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an app would like in {@code Prefer} (RFC 7240): {@code wait=N}, to be answered when the job has ended or N seconds are over.
 * What cannot be read is not an error, and other preferences are not known here.
 */
public final class Preference {

    /** Asked for or answered with. */
    public static final String HEADER = "Prefer";

    /** Says which was honoured. */
    public static final String APPLIED = "Preference-Applied";

    private static final int LONGEST = 60;

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?");

    private Preference() {}

    /** How long to wait: a second to a minute; empty if that was not asked for. The first counts. */
    public static Optional<Duration> wait(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HEADER)).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(preference -> preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(preference -> preference.startsWith("wait"))
                .findFirst()
                .map(WAIT::matcher)
                .filter(wait -> wait.matches())
                .map(wait -> Integer.parseInt(wait.group(1)))
                .filter(seconds -> seconds > 0)
                .map(seconds -> Duration.ofSeconds(Math.min(LONGEST, seconds)));
    }

    /** As it is said in {@code Preference-Applied}. */
    public static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
