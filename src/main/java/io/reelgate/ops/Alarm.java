package io.reelgate.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line on the overview about something that ops should know.
 *
 * @param severity how urgent it is
 * @param id tells it from the others, now and at the next look
 * @param blame which of {@link Blame} it is about
 * @param title what is wrong, in the page's language
 * @param advice what to do, in the page's language
 * @param since since when, if known
 * @param said what the upstream said about it: a stranger's text
 * @param link where to see more
 */
record Alarm(
        Severity severity,
        String id,
        Blame blame,
        String title,
        String advice,
        @Nullable Instant since,
        @Nullable String said,
        @Nullable String link) {

    /** One that turns its light red. */
    Alarm(
            String id,
            Blame blame,
            String title,
            String advice,
            @Nullable Instant since,
            @Nullable String said,
            @Nullable String link) {
        this(Severity.ALARM, id, blame, title, advice, since, said, link);
    }

    /** Whether somebody should get up for it. */
    enum Severity {
        ALARM,
        /** It can wait for the morning: it is amber, and its light stays as it is. */
        NOTICE;

        /** As in the style sheet. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whose trouble it is: the first question at night. */
    enum Blame {
        GATEWAY,
        UPSTREAM,
        BALANCE;

        /** As in the messages' keys. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
