package io.reelgate.tracking;

import static java.util.stream.Collectors.toMap;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobMetrics;
import io.reelgate.job.Jobs;
import io.reelgate.job.PollTicket;
import io.reelgate.job.PollTickets;
import io.reelgate.job.Timeline;
import io.reelgate.job.VideoJob;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes decisions back, many in one transaction: tickets first, and only those that are still ours; then the jobs that
 * really changed.
 */
@Component
class PollRecorder {

    private final PollTickets tickets;
    private final Jobs jobs;
    private final Timeline timeline;
    private final TransactionOperations transaction;
    private final JobMetrics metrics;
    private final Clock clock;

    PollRecorder(
            PollTickets tickets,
            Jobs jobs,
            Timeline timeline,
            TransactionOperations transaction,
            JobMetrics metrics,
            Clock clock) {
        this.tickets = tickets;
        this.jobs = jobs;
        this.timeline = timeline;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Records what is still ours to record, and returns the decisions that changed a job. */
    List<PollDecision> record(List<PollDecision> decisions) {
        return transaction.execute(_ -> {
            var ours = settleTickets(decisions);
            var changes = decisions.stream()
                    .filter(decision -> !(decision instanceof PollDecision.Wait))
                    .filter(decision -> ours.contains(decision.ticket().jobId()))
                    .toList();
            return changes.isEmpty() ? changes : changeJobs(changes);
        });
    }

    private Set<String> settleTickets(List<PollDecision> decisions) {
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
        var ours = new HashSet<>(tickets.move(moves));
        ours.addAll(tickets.close(ends));
        return ours;
    }

    private List<PollDecision> changeJobs(List<PollDecision> changes) {
        var ids = changes.stream().map(change -> change.ticket().jobId()).toArray(String[]::new);
        var byId = jobs.findAll(ids).stream().collect(toMap(VideoJob::id, Function.identity()));
        var now = clock.instant();
        var done = new ArrayList<PollDecision>();
        var events = new ArrayList<Timeline.Entry>();
        for (var change : changes) {
            var job = byId.get(change.ticket().jobId());
            if (job != null && job.status().tracked()) {
                events.add(new Timeline.Entry(job.id(), apply(change, job, now)));
                metrics.changed(job);
                done.add(change);
            }
        }
        timeline.append(events);
        return done;
    }

    private static JobEvent apply(PollDecision change, VideoJob job, Instant now) {
        return switch (change) {
            case PollDecision.Wait _ -> throw new IllegalArgumentException("A wait changes no job");
            case PollDecision.Start _ -> {
                job.started();
                yield JobEvent.of(EventKind.STARTED, now);
            }
            case PollDecision.Succeed(var _, var film, var _) -> {
                job.succeeded(film, now);
                yield JobEvent.of(EventKind.SUCCEEDED, now).with("completion_tokens", film.completionTokens());
            }
            case PollDecision.Fail(var ticket, var error, var _) -> {
                job.reached(ticket.progress());
                job.failed(error, now);
                yield event(EventKind.FAILED, now, error);
            }
            case PollDecision.Expire(var ticket, var error) -> {
                job.reached(ticket.progress());
                job.expired(error, now);
                yield event(EventKind.EXPIRED, now, error);
            }
        };
    }

    private static JobEvent event(EventKind kind, Instant now, JobError error) {
        return JobEvent.of(kind, now).with("code", error.code()).with("message", error.message());
    }
}
