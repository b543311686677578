package io.reelgate.admission;

import io.reelgate.admission.AdmissionDecision.Reason;
import io.reelgate.admission.AdmissionDecision.Refused;
import io.reelgate.admission.AdmissionDecision.Wait;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.job.HoldReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Admits jobs, unless ops have paused submissions, others wait for the same, or the app has had its jobs of the minute.
 *
 * <p>The pause is one row in PostgreSQL. Each replica reads it once a second and answers apps from memory, so a pause
 * holds at once where it was set and within a second everywhere else, and costs a submission no query. While the database
 * is away the last known state stays in force.
 */
@Component
public class SubmissionGate implements Admission {

    private static final Logger log = LoggerFactory.getLogger(SubmissionGate.class);

    /** Long enough not to be a storm, short enough that apps are soon back once ops let go. */
    private static final Duration PAUSED_RETRY = Duration.ofSeconds(30);

    private static final int MAX_NOTE = 500;

    /**
     * Whether submissions are paused.
     *
     * @param note what ops told the apps, if anything
     * @param changedBy the user who last changed it, {@code null} if nobody ever did
     * @param changedAt when that was, by the database's clock
     */
    public record State(
            boolean paused,
            @Nullable String note,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {}

    private final JdbcClient jdbc;
    private final MinuteQuota quota;
    private final Lanes lanes;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable State known;
    private volatile boolean stale;

    SubmissionGate(JdbcClient jdbc, MinuteQuota quota, Lanes lanes) {
        this.jdbc = jdbc;
        this.quota = quota;
        this.lanes = lanes;
    }

    @Override
    public AdmissionDecision admit(Candidate job) {
        var state = state();
        var wait = job.mayWait() ? wait(state, job) : Optional.<Wait>empty();
        if (wait.isPresent()) {
            return quota.take(job.app()) instanceof Refused refused ? refused : wait.get();
        }
        if (state.paused()) {
            var note = state.note() == null ? "" : " Ops say: " + state.note();
            return new Refused(
                    Reason.PAUSED,
                    "Submissions are paused; nothing was bought. Send the job again later." + note,
                    PAUSED_RETRY);
        }
        return quota.take(job.app());
    }

    private Optional<Wait> wait(State state, Candidate job) {
        return state.paused()
                ? Optional.of(new Wait(HoldReason.PAUSED, "Submissions are paused"))
                : lanes.waitingFor(job.account(), job.model()).map(lane -> new Wait(lane.reason(), lane.message()));
    }

    /** The state as of at most a second ago; reads it from the database only if that has never worked yet. */
    public State state() {
        var state = known;
        return state != null ? state : load();
    }

    /**
     * Pauses or resumes submissions for all replicas.
     *
     * @param note shown to apps and ops; cut to 500 characters, control characters are dropped
     * @param by the acting user
     * @return the new state
     */
    public State pause(boolean paused, @Nullable String note, String by) {
        oneAtATime.lock();
        try {
            var state = jdbc.sql("""
                    update gateway_pause set paused = :paused, note = :note, changed_by = :by, changed_at = now()
                    where id = 1
                    returning paused, note, changed_by, changed_at
                    """)
                    .param("paused", paused)
                    .param("note", tidy(note))
                    .param("by", by)
                    .query(State.class)
                    .single();
            known = state;
            log.warn("Submissions {} by {}, note: {}", paused ? "paused" : "resumed", by, state.note());
            return state;
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Learns what other replicas did. A call that finds somebody at it, perhaps waiting for the database, leaves.
     */
    @Scheduled(fixedDelayString = "1s")
    void refresh() {
        if (!oneAtATime.tryLock()) {
            return;
        }
        try {
            load();
            stale = false;
        } catch (DataAccessException e) {
            if (!stale) {
                log.warn("Cannot read whether submissions are paused; the last known state stays in force", e);
            }
            stale = true;
        } finally {
            oneAtATime.unlock();
        }
    }

    private State load() {
        oneAtATime.lock();
        try {
            var state = jdbc.sql("select paused, note, changed_by, changed_at from gateway_pause where id = 1")
                    .query(State.class)
                    .single();
            known = state;
            return state;
        } finally {
            oneAtATime.unlock();
        }
    }

    private static @Nullable String tidy(@Nullable String note) {
        if (note == null) {
            return null;
        }
        var tidy = note.replaceAll("\\p{Cntrl}+", " ").strip();
        return tidy.isEmpty() ? null : tidy.substring(0, Math.min(tidy.length(), MAX_NOTE));
    }
}
