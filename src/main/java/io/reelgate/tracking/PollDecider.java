package io.reelgate.tracking;

import io.reelgate.job.JobError;
import io.reelgate.job.VideoResult;
import io.reelgate.job.store.PollTicket;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.PollOutcome.Denied;
import io.reelgate.upstream.PollOutcome.Missing;
import io.reelgate.upstream.PollOutcome.Seen;
import io.reelgate.upstream.PollOutcome.Unanswered;
import io.reelgate.upstream.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides what a poll means. Only an answer about the task itself can end a job: a refused key, a time-out or rubbish
 * tells nothing about it.
 */
@Component
class PollDecider {

    /** Polls that may see success without a link before the film is taken to be at the content path. */
    private static final int PATIENCE_FOR_URL = 3;

    private final PollSchedule schedule;
    private final TrackingProperties properties;
    private final Clock clock;

    PollDecider(PollSchedule schedule, TrackingProperties properties, Clock clock) {
        this.schedule = schedule;
        this.properties = properties;
        this.clock = clock;
    }

    /** What this outcome means, the record's word on it left open; {@code took} is how long the upstream took to tell. */
    PollFinding find(PollTicket ticket, PollOutcome outcome, Duration took) {
        var decision = decide(ticket, outcome, took);
        var otherIds = outcome instanceof Seen(var snapshot)
                ? snapshot.otherIdsThan(ticket.upstreamTaskId())
                : List.<String>of();
        return otherIds.isEmpty()
                ? PollFinding.sure(decision)
                : new PollFinding(
                        decision, otherIds, decide(ticket, Unanswered.aboutAnother(otherIds.getFirst()), took));
    }

    /** What this outcome means; {@code took} is how long the upstream took to tell. */
    PollDecision decide(PollTicket ticket, PollOutcome outcome, Duration took) {
        return switch (outcome) {
            case Seen(var snapshot) -> seen(ticket, snapshot, took);
            case Missing(var reason) -> missing(ticket.missed(), reason, took);
            case Denied(var error, var _) -> untold(ticket.unanswered(error.oneLine()), null);
            case Unanswered(var reason, var retryAfter) -> untold(ticket.unanswered(reason), retryAfter);
        };
    }

    private PollDecision seen(PollTicket ticket, Snapshot snapshot, Duration took) {
        return switch (snapshot.status()) {
            case SUCCEEDED -> succeeded(ticket, snapshot);
            case FAILED -> new PollDecision.Fail(ticket, error(snapshot), snapshot.endedAt());
            case IN_PROGRESS -> goOn(ticket, ticket.seen(true, progress(snapshot)), took);
            case QUEUED, UNCLEAR -> goOn(ticket, ticket.seen(false, progress(snapshot)), took);
        };
    }

    private PollDecision succeeded(PollTicket ticket, Snapshot snapshot) {
        if (snapshot.url() == null && ticket.withoutUrl() < PATIENCE_FOR_URL) {
            return new PollDecision.Wait(ticket.seenWithoutUrl(), schedule.untilTheLinkIsThere());
        }
        var usage = snapshot.usage();
        return new PollDecision.Succeed(
                ticket,
                new VideoResult(
                        snapshot.url(),
                        snapshot.urlExpiresAt(),
                        usage == null ? null : usage.completionTokens(),
                        usage == null ? null : usage.totalTokens()),
                snapshot.endedAt());
    }

    private PollDecision missing(PollTicket ticket, String reason, Duration took) {
        boolean believed =
                ticket.misses() >= properties.missingLimit() && age(ticket).compareTo(properties.missingGrace()) > 0;
        return believed
                ? new PollDecision.Fail(
                        ticket, new JobError("task_lost", "The upstream does not know it: " + reason), null)
                : goOn(ticket, ticket, took);
    }

    private PollDecision goOn(PollTicket before, PollTicket after, Duration took) {
        var age = age(after);
        if (age.compareTo(properties.deadline()) > 0) {
            return new PollDecision.Expire(
                    after,
                    new JobError("expired", "The upstream had not finished it after " + hours(properties.deadline())));
        }
        var delay = schedule.afterAnswer(after, age, took);
        return after.running() && !before.running()
                ? new PollDecision.Start(after, delay)
                : new PollDecision.Wait(after, delay);
    }

    private PollDecision untold(PollTicket ticket, @Nullable Duration retryAfter) {
        return new PollDecision.Wait(ticket, schedule.afterFailure(ticket.failures(), retryAfter));
    }

    private Duration age(PollTicket ticket) {
        return Duration.between(ticket.trackedSince(), clock.instant());
    }

    private static JobError error(Snapshot snapshot) {
        var failure = snapshot.failure();
        return failure == null
                ? new JobError("generation_failed", "The upstream failed at it and gave no reason")
                : new JobError(Objects.requireNonNullElse(failure.code(), "generation_failed"), failure.message());
    }

    private static int progress(Snapshot snapshot) {
        return Objects.requireNonNullElse(snapshot.progress(), 0);
    }

    private static String hours(Duration duration) {
        return duration.compareTo(Duration.ofHours(2)) < 0
                ? duration.toMinutes() + " minutes"
                : duration.toHours() + " hours";
    }
}
