package io.reelgate.operations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line on the overview about something that ops should know.
 *
 * @param severity how urgent it is
 * @param id tells it from the others, now and at the next look
 * @param blame which of {@link Blame} it is about
 * @param title what is wrong
 * @param advice what to do
 * @param since since when, if known
 * @param said what the upstream said about it: a stranger's text
 * @param link where to see more
 */
public record Alarm(
        Severity severity,
        String id,
        Blame blame,
        Message title,
        Message advice,
        @Nullable Instant since,
        @Nullable String said,
        @Nullable String link) {

    /** One that turns its light red. */
    Alarm(
            String id,
            Blame blame,
            Message title,
            Message advice,
            @Nullable Instant since,
            @Nullable String said,
            @Nullable String link) {
        this(Severity.ALARM, id, blame, title, advice, since, said, link);
    }

    /** A sentence of the console's, by its key, with what it speaks of; pages say both in the reader's language. */
    public record Message(String key, List<Object> values) {

        static Message of(String key, Object... values) {
            return new Message(key, List.of(values));
        }
    }

    /** Whether somebody should get up for it. */
    public enum Severity {
        ALARM,
        /** Somebody should look at it today: its light turns amber. */
        WARNING,
        /** It can wait for the morning: it is amber, and its light stays as it is. */
        NOTICE;

        /** As in the style sheet. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whose trouble it is: the first question at night. */
    public enum Blame {
        GATEWAY,
        UPSTREAM,
        BALANCE;

        /** As in the messages' keys. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
