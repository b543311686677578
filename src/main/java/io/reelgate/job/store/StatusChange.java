package io.reelgate.job.store;

import static java.util.stream.Collectors.joining;

import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.VideoResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map.Entry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Transition} as the columns that it writes; what it does not speak of is {@code null}.
 *
 * @param sentTo the account of the attempt that begins with it
 */
record StatusChange(
        Transition transition,
        int progress,
        @Nullable Task task,
        @Nullable Integer sentTo,
        @Nullable Instant endedAt,
        @Nullable VideoResult video,
        @Nullable JobError error) {

    private static final int WHOLE = 100;

    /** What is to be polled; the id and the account are {@code null} where the job has them already. */
    record Task(
            @Nullable String id,
            @Nullable Integer account,
            Duration firstPoll,
            @Nullable Duration earliestEnd) {}

    static StatusChange of(Transition transition) {
        return switch (transition) {
            case Transition.Accepted(var attempt, var taskId, var firstPoll, var earliestEnd, var _) ->
                polled(transition, new Task(taskId, attempt.account(), firstPoll, earliestEnd));
            case Transition.Attached(var _, var taskId, var account, var _) ->
                polled(transition, new Task(taskId, account, Duration.ZERO, null));
            case Transition.Reopened _ -> polled(transition, new Task(null, null, Duration.ZERO, null));
            case Transition.Sent(var _, var account, var _) ->
                new StatusChange(transition, 0, null, account, null, null, null);
            case Transition.Started _ -> new StatusChange(transition, 0, null, null, null, null, null);
            case Transition.Succeeded(var _, var video, var endedAt, var _) ->
                new StatusChange(transition, WHOLE, null, null, endedAt, video, null);
            case Transition.Failed(var _, var progress, var error, var endedAt, var _) ->
                new StatusChange(transition, progress, null, null, endedAt, null, error);
            case Transition.Expired(var _, var progress, var error, var _) ->
                new StatusChange(transition, progress, null, null, null, null, error);
            case Transition.Rejected rejected -> without(transition, rejected.error());
            case Transition.Unavailable unavailable -> without(transition, unavailable.error());
            case Transition.Held held -> without(transition, held.error());
            case Transition.WaitedTooLong tooLong -> without(transition, tooLong.error());
            case Transition.Cancelled cancelled -> without(transition, cancelled.error());
            case Transition.Unconfirmed unconfirmed -> without(transition, unconfirmed.error());
            case Transition.GivenUp givenUp -> without(transition, givenUp.error());
            case Transition.Lost lost -> without(transition, lost.error());
        };
    }

    String jobId() {
        return transition.jobId();
    }

    JobEvent event() {
        return transition.event();
    }

    /** The number of the attempt that it counts for alone. */
    @Nullable
    Integer attempt() {
        return transition instanceof Transition.OfAttempt of ? of.attempt().number() : null;
    }

    /** The statuses that it leads from, with spaces between them. */
    String from() {
        return words(Entry::getKey);
    }

    /** Where it leads to from each of them, in the same order. */
    String to() {
        return words(Entry::getValue);
    }

    private String words(Function<Entry<JobStatus, JobStatus>, JobStatus> side) {
        return transition.steps().entrySet().stream()
                .sorted(Entry.comparingByKey())
                .map(side)
                .map(JobStatus::word)
                .collect(joining(" "));
    }

    private static StatusChange polled(Transition transition, Task task) {
        return new StatusChange(transition, 0, task, null, null, null, null);
    }

    private static StatusChange without(Transition transition, JobError error) {
        return new StatusChange(transition, 0, null, null, null, null, error);
    }
}
