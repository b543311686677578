package io.reelgate.submission.hold;

import io.reelgate.admission.SubmissionGate;
import io.reelgate.admission.lane.Lane;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.upstream.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends jobs that waited when it is their turn: looks twice a second at the lanes, of which there are none as long as nothing waits,
 * and at once when an attempt of its own has ended.
 */
@Component
class HeldJobs implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HeldJobs.class);

    /** Bodies that are read for attempts, on this replica at once. */
    private static final long MOST_BYTES = 32L << 20;

    /** A closed lane is of no use to anybody once nobody has waited in it for so long. */
    private static final Duration USELESS = Duration.ofMinutes(10);

    private final Lanes lanes;
    private final Turns turns;
    private final HeldAttempt attempt;
    private final SubmissionGate gate;
    private final Accounts accounts;
    private final Clock clock;
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile boolean again;
    private volatile boolean running;
    private volatile boolean databaseAway;

    HeldJobs(Lanes lanes, Turns turns, HeldAttempt attempt, SubmissionGate gate, Accounts accounts, Clock clock) {
        this.lanes = lanes;
        this.turns = turns;
        this.attempt = attempt;
        this.gate = gate;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Sends what may go now; returns without waiting for what comes of it. */
    @Scheduled(fixedDelayString = "500ms", initialDelayString = "1s")
    void pass() {
        again = true;
        // Whoever finds somebody at it leaves the rest to that one.
        while (again && oneAtATime.tryLock()) {
            try {
                again = false;
                look();
            } catch (DataAccessException | TransactionException e) {
                if (!databaseAway) {
                    log.warn("Jobs that wait are not looked at, the database is away: {}", e.getMessage());
                }
                databaseAway = true;
            } finally {
                oneAtATime.unlock();
            }
        }
    }

    private void look() {
        var all = lanes.refresh();
        if (databaseAway) {
            log.info("Jobs that wait are looked at again, the database is back");
            databaseAway = false;
        }
        if (!running || all.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var served =
                all.stream().filter(lane -> accounts.serves(lane.account())).toList();
        if (!gate.state().paused()) {
            due(served).stream().filter(lane -> lane.isDue(now)).forEach(this::claim);
        }
    }

    /** Removes lanes that nobody has waited in. */
    @Scheduled(fixedDelayString = "10s", initialDelayString = "10s")
    void tidy() {
        var before = clock.instant().minus(USELESS);
        lanes.all().stream()
                .filter(lane -> lane.isOpen() || lane.since().isBefore(before))
                .forEach(turns::forget);
    }

    /** While the whole of an account is closed, its models are not looked at. */
    private static List<Lane> due(List<Lane> lanes) {
        var closed =
                lanes.stream().filter(Lane::isWholeAccount).map(Lane::account).collect(Collectors.toSet());
        return lanes.stream()
                .filter(lane -> lane.isWholeAccount() || !closed.contains(lane.account()))
                .toList();
    }

    private void claim(Lane lane) {
        long room = MOST_BYTES - bytes.get();
        if (room > 0) {
            turns.claim(lane, accounts.current(), clock.instant(), room).forEach(this::send);
        }
    }

    private void send(Turn turn) {
        int size = HeldRequests.size(turn.body());
        bytes.addAndGet(size);
        attempt.begin(turn).whenComplete((_, _) -> {
            bytes.addAndGet(-size);
            pass();
        });
    }

    @Override
    public void start() {
        running = true;
    }

    /** Claims no more; the calls under way are waited for by who makes them. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
