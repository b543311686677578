package io.reelgate.operations;

import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.query.JobView;
import io.reelgate.job.store.JobTransitions;
import io.reelgate.job.store.PollTickets;
import io.reelgate.job.store.TaskOwners;
import io.reelgate.job.store.Timeline;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What ops can do about a job that the gateway cannot settle by itself. Each resolution stands in the timeline with who did it;
 * each method returns the job as it is then, and throws {@link OpsProblem} if it was not done: then nothing was changed.
 */
@Service
public class Resolutions {

    private static final Logger log = LoggerFactory.getLogger(Resolutions.class);

    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_TASK_ID = 200;

    private static final JobError LOST = new JobError("submission_lost", "Ops found that the upstream never took it");

    private final JobDetails jobs;
    private final JobTransitions transitions;
    private final PollTickets tickets;
    private final Timeline timeline;
    private final TaskOwners owners;
    private final UpstreamClient upstream;
    private final Accounts accounts;
    private final TransactionOperations transaction;
    private final Clock clock;

    Resolutions(
            JobDetails jobs,
            JobTransitions transitions,
            PollTickets tickets,
            Timeline timeline,
            TaskOwners owners,
            UpstreamClient upstream,
            Accounts accounts,
            TransactionOperations transaction,
            Clock clock) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.tickets = tickets;
        this.timeline = timeline;
        this.owners = owners;
        this.upstream = upstream;
        this.accounts = accounts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Who resolves, and what they want remembered about it.
     *
     * @param by the user
     * @param note at most {@value #LONGEST_NOTE} characters
     */
    public record Resolver(String by, @Nullable String note) {

        /** Tidies the note; throws {@link OpsProblem} if it is too long. */
        public Resolver {
            if (note != null && note.length() > LONGEST_NOTE) {
                throw OpsProblem.parameter("note", "note must have at most " + LONGEST_NOTE + " characters");
            }
            note = note == null || note.isBlank() ? null : note.strip();
        }
    }

    /**
     * Names the task that an unconfirmed or given-up job became: once the upstream says that it has this task, it is followed to
     * its end.
     *
     * @param id whichever of the job's ids
     */
    public JobView attach(String id, @Nullable String upstreamTaskId, Resolver resolver) {
        if (upstreamTaskId == null || upstreamTaskId.isBlank() || upstreamTaskId.length() > LONGEST_TASK_ID) {
            throw OpsProblem.parameter(
                    "upstream_task_id", "upstream_task_id must be the id that the upstream gave the task");
        }
        var job = jobs.find(id);
        var taskId = upstreamTaskId.strip();
        requireKnown(taskId);
        return change(
                job,
                resolver,
                EventKind.ATTACHED,
                (jobId, event) -> new Transition.Attached(
                        jobId, taskId, accounts.current(), event.with("upstream_task_id", taskId)));
    }

    /** Declares an unconfirmed job lost: the upstream never took it, and its idempotency key is free again. */
    public JobView lost(String id, Resolver resolver) {
        return change(
                jobs.find(id), resolver, EventKind.LOST, (jobId, event) -> new Transition.Lost(jobId, LOST, event));
    }

    /** Has an expired or given-up job followed again. */
    public JobView reopen(String id, Resolver resolver) {
        var job = jobs.find(id);
        requireServed(job);
        return change(job, resolver, EventKind.REOPENED, Transition.Reopened::new);
    }

    /** Has a job in flight polled at once. */
    public JobView pollNow(String id, Resolver resolver) {
        var job = jobs.find(id);
        requireServed(job);
        boolean due = transaction.execute(_ -> {
            boolean done = tickets.dueNow(job.id());
            if (done) {
                timeline.append(job.id(), event(EventKind.POLL_REQUESTED, resolver, clock.instant()));
            }
            return done;
        });
        if (!due) {
            throw OpsProblem.of(HttpStatus.CONFLICT, "The job is not in flight, so there is nothing to poll");
        }
        return jobs.find(job.id());
    }

    private JobView change(
            JobView job, Resolver resolver, EventKind kind, BiFunction<String, JobEvent, Transition> change) {
        var transition = change.apply(job.id(), event(kind, resolver, clock.instant()));
        if (!applied(transition)) {
            var now = jobs.find(job.id());
            throw OpsProblem.of(
                    HttpStatus.CONFLICT,
                    "Job %s is %s and cannot become %s"
                            .formatted(
                                    job.id(),
                                    now.status().word(),
                                    target(transition).word()));
        }
        log.info("Job {} {} by {}", job.id(), kind.word(), resolver.by());
        return jobs.find(job.id());
    }

    /** Where it leads, from wherever: all that ops do leads to one status. */
    private static JobStatus target(Transition transition) {
        return transition.steps().values().iterator().next();
    }

    private boolean applied(Transition transition) {
        try {
            return !transitions.apply(List.of(transition)).isEmpty();
        } catch (DuplicateKeyException e) {
            throw OpsProblem.of(HttpStatus.CONFLICT, "Another job has this upstream task already");
        }
    }

    private void requireServed(JobView job) {
        if (!accounts.serves(job.account())) {
            throw OpsProblem.of(
                    HttpStatus.CONFLICT,
                    "The job was sent to another account than this gateway is configured for, so it cannot be polled;"
                            + " see /ops/accounts");
        }
    }

    /** Asks the upstream; throws unless its answer proves that it has the task. */
    private void requireKnown(String taskId) {
        switch (upstream.poll(taskId).blockOptional().orElseThrow()) {
            case PollOutcome.Seen(var snapshot) ->
                owners.owned(snapshot.otherIdsThan(taskId), accounts.served()).stream()
                        .findFirst()
                        .ifPresent(named -> {
                            throw notTold(
                                    "The upstream did not tell: it answered about " + named + ", another job's task");
                        });
            case PollOutcome.Missing(var reason) ->
                throw OpsProblem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT, "The upstream does not know this task: " + reason);
            case PollOutcome.Denied(var error, var _) ->
                throw notTold("The upstream refused to tell: " + error.message());
            case PollOutcome.Unanswered(var reason, var _) -> throw notTold("The upstream did not tell: " + reason);
        }
    }

    private static OpsProblem notTold(String why) {
        return OpsProblem.of(HttpStatus.BAD_GATEWAY, why);
    }

    private static JobEvent event(EventKind kind, Resolver resolver, Instant now) {
        return JobEvent.of(kind, now).with("by", resolver.by()).with("note", resolver.note());
    }
}
