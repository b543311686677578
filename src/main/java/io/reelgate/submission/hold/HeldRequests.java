package io.reelgate.submission.hold;

import io.reelgate.job.AppliedTransition;
import io.reelgate.job.HoldTerms;
import io.reelgate.job.JobStatus;
import io.reelgate.job.Transition;
import io.reelgate.job.TransitionListener;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The bodies of jobs that wait: kept with the transition that makes a job wait, and deleted by the one that ends it. The job's
 * status alone says what may be sent, and without a row here there is nothing to send.
 */
@Component
class HeldRequests implements TransitionListener {

    /** A small body takes more than its bytes; so it is counted as this much. */
    private static final int LEAST_SIZE = 4_096;

    private static final String KEEP = """
            insert into held_request (job_id, app, account, model, reason, since, until, size, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** It has waited since it first did, whatever it waits for now. */
    private static final String KEEP_ON =
            "update held_request set sending = false, reason = ?, account = ? where job_id = ?";

    private static final String SENDING = "update held_request set sending = true, account = ? where job_id = ?";

    private static final String FORGET = "delete from held_request where job_id = any (?)";

    private final JdbcClient jdbc;

    HeldRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean concerns(Transition transition) {
        return switch (transition) {
            case Transition.Held _, Transition.Sent _, Transition.WaitedTooLong _, Transition.Cancelled _ -> true;
            case Transition.Accepted(var attempt, var _, var _, var _, var _) -> attempt.number() > 1;
            case Transition.Rejected(var attempt, var _, var _, var _) -> attempt.number() > 1;
            case Transition.Unavailable(var attempt, var _, var _, var _) -> attempt.number() > 1;
            case Transition.Unconfirmed(var attempt, var _, var _) -> attempt.number() > 1;
            case Transition.GivenUp _,
                    Transition.Lost _,
                    Transition.Started _,
                    Transition.Succeeded _,
                    Transition.Failed _,
                    Transition.Expired _,
                    Transition.Attached _,
                    Transition.Reopened _ -> false;
        };
    }

    @Override
    public void applied(List<AppliedTransition> transitions) {
        for (var one : transitions) {
            if (one.transition() instanceof Transition.Held held && one.status() == JobStatus.HELD) {
                keep(one, held);
            } else if (one.transition() instanceof Transition.Sent) {
                jdbc.sql(SENDING).params(one.account(), one.jobId()).update();
            }
        }
        var over = transitions.stream()
                .filter(one -> one.status() != JobStatus.HELD && one.status() != JobStatus.SUBMITTING)
                .map(AppliedTransition::jobId)
                .toArray(String[]::new);
        if (over.length > 0) {
            jdbc.sql(FORGET).param(over).update();
        }
    }

    /** The bytes that wait in all, as they count. */
    long size() {
        return jdbc.sql("select coalesce(sum(size), 0) from held_request")
                .query(Long.class)
                .single();
    }

    /** As how many bytes a body counts. */
    static int size(byte[] body) {
        return Math.max(LEAST_SIZE, body.length);
    }

    private void keep(AppliedTransition one, Transition.Held held) {
        if (held.terms() instanceof HoldTerms(Instant until, byte[] body) && body != null) {
            jdbc.sql(KEEP)
                    .params(one.jobId(), one.app(), one.account(), one.model(), reason(held))
                    .params(held.event().at().atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC))
                    .params(size(body), body)
                    .update();
        } else {
            jdbc.sql(KEEP_ON).params(reason(held), one.account(), one.jobId()).update();
        }
    }

    private static String reason(Transition.Held held) {
        return held.trouble().reason().word();
    }
}
