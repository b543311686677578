package io.reelgate.delivery.webhook;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Phase;
import io.reelgate.job.Transition;
import io.reelgate.job.Transition.OfAttempt;
import io.reelgate.job.TransitionListener;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes down that somebody is to be told, in the transaction that ends the job: whoever is told can look it up. Each end of a job is
 * an event of its own, so one that ops reopen is told of again.
 */
@Component
class EndedJobs implements TransitionListener {

    /** Whoever was refused while the request still waited has heard of it; a second is for clocks, and for commits that take long. */
    private static final String WRITE = """
            insert into delivery (id, job_id, app, url, origin, base_url, type, due_at)
            select ended.id, ended.job_id, ended.app, webhook.url, webhook.origin, webhook.base_url, ended.type,
              now() + ? * interval '1 millisecond'
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[]) as ended (id, job_id, app, type, refused)
            join webhook on webhook.job_id = ended.job_id
            where not ended.refused or webhook.answered_by < now() + interval '1 second'
            """;

    private final JdbcClient jdbc;
    private final DeliverySender sender;
    private final RetrySchedule schedule;
    private final Clock clock;

    EndedJobs(JdbcClient jdbc, DeliverySender sender, RetrySchedule schedule, Clock clock) {
        this.jdbc = jdbc;
        this.sender = sender;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public boolean concerns(Transition transition) {
        return transition.steps().values().stream().anyMatch(JobStatus::ended);
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        // A change that may be an end, and was none here: the job waits.
        var ends = transitions.stream().filter(one -> one.status().ended()).toList();
        if (!ends.isEmpty()) {
            write(ends);
        }
    }

    private void write(List<AppliedTransition> transitions) {
        int written = jdbc.sql(WRITE)
                .param(schedule.first().toMillis())
                .param(column(transitions, _ -> EventType.newId(clock.instant())))
                .param(column(transitions, AppliedTransition::jobId))
                .param(column(transitions, AppliedTransition::app))
                .param(column(transitions, end -> EventType.of(end.status()).word()))
                .param(transitions.stream().map(EndedJobs::refused).toArray(Boolean[]::new))
                .update();
        if (written > 0) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    sender.wake();
                }
            });
        }
    }

    /** Whether it may be the answer to the job's own POST; one that waited was answered before. */
    private static boolean refused(AppliedTransition end) {
        return end.status().phase() == Phase.REFUSED && end.transition() instanceof OfAttempt && end.attempt() == 1;
    }

    private static String[] column(List<AppliedTransition> ends, Function<AppliedTransition, String> field) {
        return ends.stream().map(field).toArray(String[]::new);
    }
}
