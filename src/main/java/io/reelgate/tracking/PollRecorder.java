package io.reelgate.tracking;

import io.reelgate.job.store.JobStep;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.PollTicket;
import io.reelgate.job.store.PollTickets;
import io.reelgate.job.store.TaskOwners;
import io.reelgate.upstream.UpstreamHealth;
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
    private final JobTransitions steps;
    private final TaskOwners owners;
    private final UpstreamHealth upstream;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Duration lease;

    PollRecorder(
            PollTickets tickets,
            JobTransitions steps,
            TaskOwners owners,
            UpstreamHealth upstream,
            TransactionOperations transaction,
            Clock clock,
            TrackingProperties properties) {
        this.tickets = tickets;
        this.steps = steps;
        this.owners = owners;
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
        var owned = owners.owned(findings.stream()
                .flatMap(finding -> finding.otherIds().stream())
                .distinct()
                .toList());
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

    private Set<PollTicket.Lease> settleTickets(List<PollDecision> decisions) {
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
        var taken = steps.take(changes.stream().map(change -> step(change, now)).toList());
        return changes.stream()
                .filter(change -> taken.contains(change.ticket().jobId()))
                .toList();
    }

    private static JobStep step(PollDecision change, Instant now) {
        return switch (change) {
            case PollDecision.Wait _ -> throw new IllegalArgumentException("A wait changes no job");
            case PollDecision.Start(var ticket, var _) -> JobStep.started(ticket.jobId(), now);
            case PollDecision.Succeed(var ticket, var film, var since) ->
                JobStep.succeeded(ticket.jobId(), film, now).endedAt(since);
            case PollDecision.Fail(var ticket, var error, var since) ->
                JobStep.failed(ticket.jobId(), ticket.progress(), error, now).endedAt(since);
            case PollDecision.Expire(var ticket, var error) ->
                JobStep.expired(ticket.jobId(), ticket.progress(), error, now);
        };
    }
}
