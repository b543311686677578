package io.reelgate.tracking;

import io.reelgate.job.store.PollTicket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Gathers findings into batches, each {@value #GATHERING} ms long: next to the seconds between two polls nobody notices
 * them, and they save most of the transactions. What cannot be written is dropped: its lease ends, and it is polled again.
 */
@Component
class PollResultWriter implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PollResultWriter.class);

    private static final int BATCH = 500;
    private static final long GATHERING = 50;

    /** The class of SQL states that say so. */
    private static final String CONNECTION_EXCEPTION = "08";

    private static final Duration SHELVED = Duration.ofMinutes(1);

    private final PollRecorder recorder;
    private final PollMetrics metrics;
    private final LinkedBlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();

    private volatile @Nullable ExecutorService writer;

    private record Pending(PollFinding finding, Runnable done) {}

    PollResultWriter(PollRecorder recorder, PollMetrics metrics) {
        this.recorder = recorder;
        this.metrics = metrics;
    }

    /** Has the finding written soon; {@code done} is run when it was, or was dropped. */
    void add(PollFinding finding, Runnable done) {
        waiting.add(new Pending(finding, done));
    }

    @Override
    public void start() {
        // No virtual thread: it does nothing but wait for the database, which costs fewer wake-ups this way.
        var started = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("poll-write-back").daemon().factory());
        started.execute(this::run);
        writer = started;
    }

    @Override
    public void stop() {
        var started = writer;
        writer = null;
        if (started != null) {
            started.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    /** After the poller on the way down, which has given its leases back by then. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void run() {
        try {
            while (true) {
                var batch = new ArrayList<Pending>();
                batch.add(waiting.take());
                if (waiting.size() < BATCH) {
                    Thread.sleep(GATHERING);
                }
                waiting.drainTo(batch, BATCH - 1);
                try {
                    write(batch.stream().map(Pending::finding).toList());
                } catch (Throwable e) { // a defect, or no memory: what comes next must be written all the same
                    log.error("{} polls not recorded; they will be asked again", batch.size(), e);
                } finally {
                    batch.forEach(pending -> pending.done().run());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if the database is away, so that there is no point in writing more now. */
    private boolean write(List<PollFinding> findings) {
        try {
            var changes = recorder.record(findings);
            changes.forEach(metrics::recorded);
            report(changes);
            return true;
        } catch (CannotCreateTransactionException | CannotGetJdbcConnectionException e) {
            return away(findings);
        } catch (RuntimeException e) {
            if (findings.size() > 1) {
                // One bad item, or a connection that broke in use, must not take the rest of the batch with it.
                return findings.stream().map(List::of).allMatch(this::write);
            }
            if (isOfTheConnection(e)) {
                return away(findings);
            }
            shelve(findings.getFirst().decision().ticket(), e);
            return true;
        }
    }

    /** Whether a connection broke in use: outside a transaction, or inside one, where the rollback breaks with it. */
    private static boolean isOfTheConnection(RuntimeException e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransactionSystemException
                || Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof SQLException sql
                                && sql.getSQLState() != null
                                && sql.getSQLState().startsWith(CONNECTION_EXCEPTION));
    }

    /** What cannot be recorded has told nothing, and if that goes on, ops are to know. */
    private void shelve(PollTicket ticket, RuntimeException defect) {
        log.error("Job {}: a poll could not be recorded", ticket.jobId(), defect);
        try {
            var reason = "the gateway could not record what it was told: "
                    + defect.getClass().getSimpleName();
            recorder.record(List.of(PollFinding.sure(new PollDecision.Wait(ticket.unanswered(reason), SHELVED))));
        } catch (RuntimeException e) {
            log.debug("Job {}: not even that, its lease ends by itself", ticket.jobId(), e);
        }
    }

    private static boolean away(List<PollFinding> findings) {
        // Of a batch whose connection broke, only the first one is tried again alone.
        log.warn("{} or more polls not recorded, the database is away; they will be asked again", findings.size());
        return false;
    }

    private static void report(List<PollDecision> changes) {
        for (var change : changes) {
            var id = change.ticket().jobId();
            switch (change) {
                case PollDecision.Succeed _ -> log.info("Job {} succeeded", id);
                case PollDecision.Fail(var _, var error, var _) ->
                    log.info("Job {} failed: {} ({})", id, error.message(), error.code());
                case PollDecision.Expire(var _, var error) -> log.info("Job {} expired: {}", id, error.message());
                case PollDecision.Start _ -> log.debug("Job {} began", id);
                case PollDecision.Wait _ -> log.debug("Job {} is polled again", id);
            }
        }
    }
}
