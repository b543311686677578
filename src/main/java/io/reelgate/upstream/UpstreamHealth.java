package io.reelgate.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What this replica last learned about the upstream: whether it is there, at this address, and takes the key. */
@Component
public class UpstreamHealth {

    /** What nobody has tried for this long is not called unreachable or misrouted any more. */
    static final Duration RECENT = Duration.ofMinutes(5);

    private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(UpstreamHealth.class);

    private final Clock clock;
    private @Nullable Trouble refusedKey;
    private @Nullable Trouble misrouted;
    private @Nullable Trouble unreachable;
    private @Nullable Trouble mixedUp;
    private @Nullable Trouble deniedPolls;
    private @Nullable Instant answeredAt;
    private @Nullable Instant keyLoggedAt;
    private @Nullable Instant mixUpLoggedAt;
    private long mixUps;
    private long mixUpsLogged;

    UpstreamHealth(Clock clock) {
        this.clock = clock;
    }

    /** What can be wrong, the worst first. */
    public enum Kind {
        KEY_REFUSED("refused the key"),
        MISROUTED("not known the address of submissions (reelgate.upstream.base-url)"),
        OUT_OF_REACH("been out of reach"),
        MIXED_UP("answered polls with other tasks than were asked for"),
        POLLS_DENIED("denied polls");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    /**
     * Something that has been wrong since a time, and was last seen so at another.
     *
     * @param words the upstream's own, or why there are none
     */
    public record Trouble(Kind kind, Instant since, Instant last, String words) {

        /** All of it in one line. */
        String sentence() {
            return "The upstream has " + kind.what + " since " + since + ": " + words;
        }
    }

    /** The worst of what is wrong; empty if nothing is. */
    public synchronized Optional<Trouble> trouble() {
        return Stream.of(refusedKey, lately(misrouted), lately(unreachable), lately(mixedUp), deniedPolls)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** Whether no job can get through: the key is refused, or the address was wrong or out of reach lately. */
    synchronized boolean isDown() {
        return trouble()
                .filter(trouble -> trouble.kind() != Kind.POLLS_DENIED && trouble.kind() != Kind.MIXED_UP)
                .isPresent();
    }

    /** What to show beside up or down. */
    synchronized Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        trouble().ifPresent(trouble -> details.put("trouble", trouble.sentence()));
        if (deniedPolls != null) {
            details.put("deniedPolls", deniedPolls.words());
        }
        if (answeredAt != null) {
            details.put("answeredAt", answeredAt.toString());
        }
        return details;
    }

    /** A submission was answered and came to this. */
    public synchronized void submitted(SubmissionOutcome outcome) {
        answered();
        switch (outcome) {
            case SubmissionOutcome.KeyRefused(var error) -> {
                misrouted = null;
                keyRefused(error);
            }
            case SubmissionOutcome.Accepted accepted -> submissionsServed();
            case SubmissionOutcome.QuotaExhausted exhausted -> submissionsServed();
            // A proxy before the upstream answers 413 and 415 too, and knows no key.
            case SubmissionOutcome.Refused(var status, var _)
            when status == 400 || status == 403 || status == 422 -> submissionsServed();
            case SubmissionOutcome.Refused refused -> {}
            case SubmissionOutcome.Throttled throttled -> {}
            case SubmissionOutcome.Misrouted(var error) ->
                misrouted = again(Kind.MISROUTED, misrouted, error.oneLine());
            case SubmissionOutcome.NotSent notSent -> {}
            case SubmissionOutcome.Unconfirmed unconfirmed -> {}
        }
    }

    /** A poll came to this. */
    public synchronized void polled(PollOutcome outcome) {
        answered();
        switch (outcome) {
            case PollOutcome.Seen seen -> pollsServed();
            case PollOutcome.Missing missing -> pollsServed();
            case PollOutcome.Denied denied -> pollsDenied(denied);
            case PollOutcome.Unanswered unanswered -> {}
        }
    }

    /**
     * A poll was answered with another task than the one asked for, and so was not believed. Said in the log at most once a
     * minute: there may be one for every poll.
     */
    public synchronized void mixedUp(String asked, String named) {
        var now = clock.instant();
        mixUps++;
        mixedUp = again(
                Kind.MIXED_UP, lately(mixedUp), "it was asked for " + asked + ", and the answer is about " + named);
        if (mixUpLoggedAt == null || !now.isBefore(mixUpLoggedAt.plus(BETWEEN_LOGS))) {
            log.warn(
                    "{} answers to polls not believed, they are about another task: asked for {}, told of {}",
                    mixUps - mixUpsLogged,
                    asked,
                    named);
            mixUpLoggedAt = now;
            mixUpsLogged = mixUps;
        }
    }

    /** How many answers to polls were about another task, since the start. */
    public synchronized long mixUps() {
        return mixUps;
    }

    /** The upstream answered, whatever it said. */
    synchronized void answered() {
        answeredAt = clock.instant();
        unreachable = null;
    }

    /** No answer came: no connection, silence, a reset. */
    public synchronized void unreachable(String reason) {
        unreachable = again(Kind.OUT_OF_REACH, unreachable, reason);
    }

    /** The upstream refused the key. Said in the log at most once a minute. */
    synchronized void keyRefused(UpstreamError error) {
        var now = clock.instant();
        refusedKey = again(Kind.KEY_REFUSED, refusedKey, error.oneLine());
        if (keyLoggedAt == null || !now.isBefore(keyLoggedAt.plus(BETWEEN_LOGS))) {
            keyLoggedAt = now;
            log.error("The upstream refuses the key (since {}): {}", refusedKey.since(), refusedKey.words());
        }
    }

    synchronized void keyAccepted() {
        refusedKey = null;
    }

    private void submissionsServed() {
        misrouted = null;
        keyAccepted();
    }

    private void pollsServed() {
        keyAccepted();
        deniedPolls = null;
    }

    private void pollsDenied(PollOutcome.Denied denied) {
        deniedPolls = again(Kind.POLLS_DENIED, deniedPolls, denied.error().oneLine());
        switch (denied.cause()) {
            case KEY -> keyRefused(denied.error());
            // Who is asked for money has been let in.
            case BALANCE -> keyAccepted();
            case SOMETHING_ELSE -> {}
        }
    }

    private Trouble again(Kind kind, @Nullable Trouble before, String words) {
        var now = clock.instant();
        return new Trouble(kind, before == null ? now : before.since(), now, words);
    }

    private @Nullable Trouble lately(@Nullable Trouble trouble) {
        return trouble != null && trouble.last().plus(RECENT).isAfter(clock.instant()) ? trouble : null;
    }
}
