package io.reelgate.submission;

import io.reelgate.job.EventKind;
import io.reelgate.job.IllegalTransition;
import io.reelgate.job.JobEvent;
import io.reelgate.job.store.JobMetrics;
import io.reelgate.job.store.JobRepository;
import io.reelgate.job.store.PollTickets;
import io.reelgate.job.store.TaskOwners;
import io.reelgate.job.store.Timeline;
import io.reelgate.job.store.VideoJob;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.UpstreamClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What ops can do about a job that the gateway cannot settle by itself; each act stands in the timeline with who did it. */
@Service
public class ResolutionService {

    private static final Logger log = LoggerFactory.getLogger(ResolutionService.class);

    private final JobRepository jobs;
    private final PollTickets tickets;
    private final Timeline timeline;
    private final IdempotencyKeys keys;
    private final TaskOwners owners;
    private final UpstreamClient upstream;
    private final TransactionOperations transaction;
    private final JobMetrics metrics;
    private final Clock clock;

    ResolutionService(
            JobRepository jobs,
            PollTickets tickets,
            Timeline timeline,
            IdempotencyKeys keys,
            TaskOwners owners,
            UpstreamClient upstream,
            TransactionOperations transaction,
            JobMetrics metrics,
            Clock clock) {
        this.jobs = jobs;
        this.tickets = tickets;
        this.timeline = timeline;
        this.keys = keys;
        this.owners = owners;
        this.upstream = upstream;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Who acts, and what they want remembered about it. */
    public record Act(String by, @Nullable String note) {}

    /** What came of an act. */
    public sealed interface Result {

        /** It is done and stands in the timeline. */
        record Done() implements Result {}

        /** There is no such job; nothing was changed. */
        record NoSuchJob() implements Result {}

        /** The job's status does not allow it, or another job has that task; nothing was changed. */
        record NotPossible(String why) implements Result {}

        /** The upstream does not know the task; nothing was changed. */
        record NotConfirmed(String why) implements Result {}

        /** The upstream did not tell whether it knows the task; nothing was changed. */
        record NotTold(String why) implements Result {}
    }

    /**
     * Ops found the task that an unconfirmed (or given-up) job became: once the upstream says that it has this task, it
     * is followed to its end.
     */
    public Result attach(String jobId, String upstreamTaskId, Act act) {
        var doubt = doubt(
                upstreamTaskId, upstream.poll(upstreamTaskId).blockOptional().orElseThrow());
        if (doubt != null) {
            return doubt;
        }
        var result = change(jobId, (job, now) -> {
            job.attached(upstreamTaskId, now);
            tickets.open(jobId, upstreamTaskId, job.model(), now);
            return event(EventKind.ATTACHED, act, now).with("upstream_task_id", upstreamTaskId);
        });
        log.info("Job {} attached to {} by {}: {}", jobId, upstreamTaskId, act.by(), result);
        return result;
    }

    /** Ops found that the upstream never took an unconfirmed job: it is failed, and its idempotency key is free again. */
    public Result lost(String jobId, Act act) {
        var result = change(jobId, (job, now) -> {
            job.lost(now);
            metrics.changed(job);
            keys.free(jobId);
            return event(EventKind.LOST, act, now);
        });
        log.info("Job {} declared lost by {}: {}", jobId, act.by(), result);
        return result;
    }

    /** Ops want a job followed again that expired or was given up. */
    public Result reopen(String jobId, Act act) {
        var result = change(jobId, (job, now) -> {
            job.reopened(now);
            tickets.open(jobId, Objects.requireNonNull(job.upstreamTaskId()), job.model(), now);
            return event(EventKind.REOPENED, act, now);
        });
        log.info("Job {} reopened by {}: {}", jobId, act.by(), result);
        return result;
    }

    /** Ops want a job in flight polled at once. */
    public Result pollNow(String jobId, Act act) {
        boolean due = Boolean.TRUE.equals(transaction.<Boolean>execute(_ -> {
            boolean done = tickets.dueNow(jobId);
            if (done) {
                timeline.append(jobId, event(EventKind.POLL_REQUESTED, act, clock.instant()));
            }
            return done;
        }));
        return due
                ? new Result.Done()
                : new Result.NotPossible("The job is not in flight, so there is nothing to poll");
    }

    private Result change(String jobId, BiFunction<VideoJob, Instant, JobEvent> change) {
        try {
            return transaction.<Result>execute(_ -> {
                var job = jobs.findById(jobId);
                if (job.isEmpty()) {
                    return new Result.NoSuchJob();
                }
                timeline.append(jobId, change.apply(job.get(), clock.instant()));
                return new Result.Done();
            });
        } catch (IllegalTransition e) {
            return new Result.NotPossible(e.getMessage());
        } catch (DataIntegrityViolationException e) {
            return new Result.NotPossible("Another job has this upstream task already");
        }
    }

    /** Why the upstream's answer does not prove that it has the task; {@code null} if it does. */
    private @Nullable Result doubt(String asked, PollOutcome outcome) {
        return switch (outcome) {
            case PollOutcome.Seen(var snapshot) ->
                owners.owned(snapshot.otherIdsThan(asked)).stream()
                        .findFirst()
                        .map(named -> new Result.NotTold(
                                "The upstream did not tell: it answered about " + named + ", another job's task"))
                        .orElse(null);
            case PollOutcome.Missing(var reason) ->
                new Result.NotConfirmed("The upstream does not know this task: " + reason);
            case PollOutcome.Denied(var error, var _) ->
                new Result.NotTold("The upstream refused to tell: " + error.message());
            case PollOutcome.Unanswered(var reason, var _) ->
                new Result.NotTold("The upstream did not tell: " + reason);
        };
    }

    private static JobEvent event(EventKind kind, Act act, Instant now) {
        return JobEvent.of(kind, now).with("by", act.by()).with("note", act.note());
    }
}
