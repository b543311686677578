package io.reelgate.submission.hold;

import io.reelgate.job.EventKind;
import io.reelgate.job.Hold;
import io.reelgate.job.HoldReason;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.Transition;
import io.reelgate.job.store.JobTransitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Gives up jobs that have waited as long as they may. Any replica does it for all of them. */
@Component
class HoldExpiry {

    private static final Logger log = LoggerFactory.getLogger(HoldExpiry.class);

    private static final int BATCH = 100;

    private static final String OVER = """
            select job_id, reason, since, until from held_request where not sending and until <= ? order by until limit ?
            """;

    private final JdbcClient jdbc;
    private final JobTransitions transitions;
    private final Clock clock;

    HoldExpiry(JdbcClient jdbc, JobTransitions transitions, Clock clock) {
        this.jdbc = jdbc;
        this.transitions = transitions;
        this.clock = clock;
    }

    private record Over(String jobId, Hold hold) {}

    /** One pass; returns how many jobs it gave up. */
    @Scheduled(fixedDelayString = "2s", initialDelayString = "1s")
    int sweep() {
        int over = 0;
        List<Over> batch;
        do {
            var now = clock.instant();
            batch = over(now);
            var applied = transitions.apply(
                    batch.stream().map(one -> tooLong(one, now)).toList());
            applied.forEach(one -> log.warn(
                    "Job {} given up: {}",
                    one.jobId(),
                    one.transition().event().detail().get("message")));
            over += applied.size();
        } while (batch.size() == BATCH);
        return over;
    }

    private List<Over> over(Instant now) {
        return jdbc.sql(OVER)
                .params(now.atOffset(ZoneOffset.UTC), BATCH)
                .query((row, _) -> new Over(
                        row.getString("job_id"),
                        new Hold(
                                HoldReason.of(row.getString("reason")),
                                row.getTimestamp("since").toInstant(),
                                row.getTimestamp("until").toInstant())))
                .list();
    }

    private static Transition tooLong(Over over, Instant now) {
        var hold = over.hold();
        var error = new JobError(hold.reason().code(), words(hold));
        return new Transition.WaitedTooLong(
                over.jobId(),
                error,
                JobEvent.of(EventKind.REJECTED, now).with("code", error.code()).with("message", error.message()));
    }

    private static String words(Hold hold) {
        var waited = readable(Duration.between(hold.since(), hold.until()));
        return "The job waited " + waited + ", which was as long as it might, " + why(hold.reason())
                + "; nothing was bought";
    }

    private static String why(HoldReason reason) {
        return switch (reason) {
            case BALANCE -> "for the upstream's balance to be topped up";
            case THROTTLED -> "for the upstream to take more jobs";
            case UNREACHABLE -> "for the upstream to be within reach";
            case KEY -> "for the gateway's key to be mended by its operators";
            case ADDRESS -> "for the upstream's address to be mended by the gateway's operators";
            case DOUBT -> "while it was not known whether the upstream takes jobs";
            case PAUSED -> "for the pause of submissions to end";
            case PLACES -> "for one of the jobs in flight to end";
        };
    }

    private static String readable(Duration duration) {
        var minutes = duration.toMinutes();
        return minutes >= 120
                ? duration.toHours() + " hours"
                : minutes >= 2 ? minutes + " minutes" : duration.toSeconds() + " seconds";
    }
}
