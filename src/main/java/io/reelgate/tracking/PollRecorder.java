package io.reelgate.tracking;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.Transition;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.PollTicket;
import io.reelgate.job.store.PollTickets;
import io.reelgate.job.store.TaskOwners;
import io.reelgate.lease.Lease;
import io.reelgate.upstream.UpstreamHealth;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes decisions back, many at a time: tickets first, and only those that are still ours; then, in one transaction with
 * them, the jobs that really changed.
 */
@Component
class PollRecorder {

    private final PollTickets tickets;
    private final JobTransitions transitions;
    private final TaskOwners owners;
    private final Accounts accounts;
    private final UpstreamHealth upstream;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Duration lease;

    PollRecorder(
            PollTickets tickets,
            JobTransitions transitions,
            TaskOwners owners,
            Accounts accounts,
            UpstreamHealth upstream,
            TransactionOperations transaction,
            Clock clock,
            TrackingProperties properties) {
        this.tickets = tickets;
        this.transitions = transitions;
        this.owners = owners;
        this.accounts = accounts;
        this.upstream = upstream;
        this.transaction = transaction;
        this.clock = clock;
        this.lease = properties.lease();
    }

    /** Records what is believed and still ours to record, and returns the decisions that changed a job. */
    List<PollDecision> record(List<PollFinding> findings) {
        var decisions = believed(findings);
        if (decisions.stream().noneMatch(PollRecorder::changesJob)) {
            settleTickets(decisions);
            return List.of();
        }
        return transaction.execute(_ -> {
            var ours = settleTickets(decisions);
            return changeJobs(decisions.stream()
                    .filter(PollRecorder::changesJob)
                    .filter(decision -> ours.contains(decision.ticket().lease()))
                    .toList());
        });
    }

    /** An answer that names another job's task tells nothing of the one asked for: one query for all that name another. */
    private List<PollDecision> believed(List<PollFinding> findings) {
        var named = findings.stream()
                .flatMap(finding -> finding.otherIds().stream())
                .distinct()
                .toList();
        var owned = owners.owned(named, accounts.served());
        return findings.stream()
                .map(finding -> finding.isBelieved(owned) ? finding.decision() : disbelieved(finding, owned))
                .toList();
    }

    private PollDecision disbelieved(PollFinding finding, Set<String> owned) {
        var ticket = finding.disbelieved().ticket();
        finding.otherIds().stream()
                .filter(owned::contains)
                .findFirst()
                .ifPresent(named -> upstream.mixedUp(ticket.upstreamTaskId(), named));
        return finding.disbelieved();
    }

    private static boolean changesJob(PollDecision decision) {
        return !(decision instanceof PollDecision.Wait);
    }

    private Set<Lease> settleTickets(List<PollDecision> decisions) {
        var moves = new ArrayList<PollTicket.Move>();
        var ends = new ArrayList<PollTicket>();
        for (var decision : decisions) {
            switch (decision) {
                case PollDecision.Wait(var ticket, var delay) -> moves.add(new PollTicket.Move(ticket, delay));
                case PollDecision.Start(var ticket, var delay) -> moves.add(new PollTicket.Move(ticket, delay));
                case PollDecision.Succeed(var ticket, var _, var _) -> ends.add(ticket);
                case PollDecision.Fail(var ticket, var _, var _) -> ends.add(ticket);
                case PollDecision.Expire(var ticket, var _) -> ends.add(ticket);
            }
        }
        var ours = new HashSet<>(tickets.move(moves, lease));
        ours.addAll(tickets.close(ends));
        return ours;
    }

    private List<PollDecision> changeJobs(List<PollDecision> changes) {
        var now = clock.instant();
        var applied = transitions
                .apply(changes.stream().map(change -> transition(change, now)).toList())
                .stream()
                .map(AppliedTransition::jobId)
                .collect(toUnmodifiableSet());
        return changes.stream()
                .filter(change -> applied.contains(change.ticket().jobId()))
                .toList();
    }

    private static Transition transition(PollDecision change, Instant now) {
        return switch (change) {
            case PollDecision.Wait _ -> throw new IllegalArgumentException("A wait changes no job");
            case PollDecision.Start(var ticket, var _) ->
                new Transition.Started(ticket.jobId(), JobEvent.of(EventKind.STARTED, now));
            case PollDecision.Succeed(var ticket, var video, var since) ->
                new Transition.Succeeded(
                        ticket.jobId(),
                        video,
                        since,
                        JobEvent.of(EventKind.SUCCEEDED, now).with("completion_tokens", video.completionTokens()));
            case PollDecision.Fail(var ticket, var error, var since) ->
                new Transition.Failed(
                        ticket.jobId(), ticket.progress(), error, since, event(EventKind.FAILED, error, now));
            case PollDecision.Expire(var ticket, var error) ->
                new Transition.Expired(ticket.jobId(), ticket.progress(), error, event(EventKind.EXPIRED, error, now));
        };
    }

    private static JobEvent event(EventKind kind, JobError why, Instant now) {
        return JobEvent.of(kind, now).with("code", why.code()).with("message", why.message());
    }
}
