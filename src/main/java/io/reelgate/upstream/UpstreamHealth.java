package io.reelgate.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What this replica last learned about the upstream: whether it is there, and whether it takes the key. */
@Component
public class UpstreamHealth {

    /** An upstream that nobody has tried for this long is not called unreachable any more. */
    static final Duration LATELY = Duration.ofMinutes(5);

    private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(UpstreamHealth.class);

    private final Clock clock;
    private @Nullable Trouble refusedKey;
    private @Nullable Trouble deniedPolls;
    private @Nullable Trouble unreachable;
    private @Nullable Instant answeredAt;
    private @Nullable Instant keyLoggedAt;

    UpstreamHealth(Clock clock) {
        this.clock = clock;
    }

    /** Something that has been wrong since a time, and was last seen so at another. */
    private record Trouble(Instant since, Instant last, String words) {

        static Trouble again(@Nullable Trouble before, Instant now, String words) {
            return new Trouble(before == null ? now : before.since(), now, words);
        }
    }

    /** What is wrong, in a sentence for the console; empty if nothing is. */
    public synchronized Optional<String> trouble() {
        if (refusedKey != null) {
            return Optional.of(
                    "The upstream has refused the key since " + refusedKey.since() + ": " + refusedKey.words());
        }
        var gone = unreachableLately();
        if (gone != null) {
            return Optional.of("The upstream has been out of reach since " + gone.since() + ": " + gone.words());
        }
        return Optional.ofNullable(deniedPolls)
                .map(denied -> "The upstream has denied polls since " + denied.since() + ": " + denied.words());
    }

    /** Since when the upstream has refused the key, if it does. */
    public synchronized Optional<Instant> keyRefusedSince() {
        return Optional.ofNullable(refusedKey).map(Trouble::since);
    }

    /** Whether no job can get through: the key is refused, or the upstream has been out of reach lately. */
    synchronized boolean isDown() {
        return refusedKey != null || unreachableLately() != null;
    }

    /** What to show beside up or down. */
    synchronized Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        trouble().ifPresent(words -> details.put("trouble", words));
        if (deniedPolls != null) {
            details.put("deniedPolls", deniedPolls.words());
        }
        if (answeredAt != null) {
            details.put("answeredAt", answeredAt.toString());
        }
        return details;
    }

    /** A submission was answered with this HTTP status and came to this. */
    void submitted(int status, SubmissionOutcome outcome) {
        answered();
        switch (outcome) {
            case SubmissionOutcome.KeyRefused(var error) -> keyRefused(error);
            case SubmissionOutcome.Accepted accepted -> keyAccepted();
            case SubmissionOutcome.QuotaExhausted exhausted -> keyAccepted();
            // A proxy before the upstream answers 413 and 415 too, and knows no key.
            case SubmissionOutcome.Refused refused
            when status == 400 || status == 403 || status == 422 -> keyAccepted();
            case SubmissionOutcome.Refused refused -> {}
            case SubmissionOutcome.Throttled throttled -> {}
            case SubmissionOutcome.Misrouted misrouted -> {}
            case SubmissionOutcome.NotSent notSent -> {}
            case SubmissionOutcome.Unconfirmed unconfirmed -> {}
        }
    }

    /** A poll came to this. */
    void polled(PollOutcome outcome) {
        answered();
        switch (outcome) {
            case PollOutcome.Seen seen -> pollsServed();
            case PollOutcome.Missing missing -> pollsServed();
            case PollOutcome.Denied(var error) -> pollsDenied(error);
            case PollOutcome.Unanswered unanswered -> {}
        }
    }

    /** The upstream answered, whatever it said. */
    synchronized void answered() {
        answeredAt = clock.instant();
        unreachable = null;
    }

    /** No answer came: no connection, silence, a reset. */
    synchronized void unreachable(String reason) {
        unreachable = Trouble.again(unreachable, clock.instant(), reason);
    }

    /** The upstream refused the key. Said in the log at most once a minute. */
    synchronized void keyRefused(UpstreamError error) {
        var now = clock.instant();
        refusedKey = Trouble.again(refusedKey, now, error.oneLine());
        if (keyLoggedAt == null || !now.isBefore(keyLoggedAt.plus(BETWEEN_LOGS))) {
            keyLoggedAt = now;
            log.error("The upstream refuses the key (since {}): {}", refusedKey.since(), refusedKey.words());
        }
    }

    synchronized void keyAccepted() {
        refusedKey = null;
    }

    private synchronized void pollsServed() {
        keyAccepted();
        deniedPolls = null;
    }

    private synchronized void pollsDenied(UpstreamError error) {
        deniedPolls = Trouble.again(deniedPolls, clock.instant(), error.oneLine());
        if (error.status() == 401
                || (error.status() == 403 && Complaint.of(error, "", true).isKey())) {
            keyRefused(error);
        }
    }

    private @Nullable Trouble unreachableLately() {
        return unreachable != null && unreachable.last().plus(LATELY).isAfter(clock.instant()) ? unreachable : null;
    }
}
