package io.reelgate.job.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Lets what waits for the database at the same time share a round trip and a commit: while one batch is under way the next
 * one gathers, so that batches grow with the load and a lone item goes at once.
 *
 * <p>Nothing is promised to anybody early: a caller waits until its own item has been through, or has failed. What it costs
 * and what it buys is in {@code docs/decisions/0007-who-waits-together-goes-together.md}.
 *
 * @param <T> what a caller hands in
 * @param <R> what it gets back
 */
public final class Batcher<T, R> implements AutoCloseable {

    /** Bounds what one statement holds in memory, and how many fail or wait because of one. */
    private static final int MOST_IN_A_BATCH = 100;

    /** As long as a lone caller would wait for a connection. Without it, callers of an outage would be served after it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final BlockingQueue<Waiting<T, R>> queue = new LinkedBlockingQueue<>();
    private final Function<List<T>, List<R>> work;
    private final Duration patience;
    private final Thread worker;
    private volatile boolean closed;

    private record Waiting<T, R>(T item, CompletableFuture<R> result, long since) {

        void fail(DataAccessException e) {
            result.completeExceptionally(e);
        }
    }

    /**
     * Starts with a thread of its own, which is no virtual one: it does nothing but wait for the database.
     *
     * @param work takes a batch as one transaction and returns a result for each item, in their order
     */
    public Batcher(String name, Function<List<T>, List<R>> work) {
        this(name, work, LONGEST_WAIT);
    }

    /** The same with another patience. */
    public Batcher(String name, Function<List<T>, List<R>> work, Duration patience) {
        this.work = work;
        this.patience = patience;
        this.worker = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /**
     * Returns when the item has been through, whoever went with it.
     *
     * @throws DataAccessException that kept it, or its whole batch, from that; a {@link QueryTimeoutException} if its turn
     *     did not come in time, and then it has not been tried
     */
    public R await(T item) {
        var waiting = new Waiting<T, R>(item, new CompletableFuture<>(), System.nanoTime());
        queue.add(waiting);
        if (closed) {
            failTheRest(); // the worker may have gone before it saw this one
        }
        try {
            return waiting.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof DataAccessException cause ? cause : e;
        }
    }

    /** How many wait for the batch under way to end. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }

    private void run() {
        var batch = new ArrayList<Waiting<T, R>>(MOST_IN_A_BATCH);
        try {
            while (!closed) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, MOST_IN_A_BATCH - 1);
                batch.removeIf(this::turnedAway);
                if (!batch.isEmpty()) {
                    process(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            failTheRest();
        }
    }

    private boolean turnedAway(Waiting<T, R> waiting) {
        boolean late = System.nanoTime() - waiting.since() > patience.toNanos();
        if (late) {
            waiting.fail(new QueryTimeoutException("The database did not get to it within " + patience));
        }
        return late;
    }

    private void process(List<Waiting<T, R>> batch) {
        try {
            var results = work.apply(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (DataIntegrityViolationException e) {
            if (batch.size() == 1) {
                batch.getFirst().fail(e);
            } else {
                // One of them is wrong in itself, and took the others with it: each for itself, then.
                batch.forEach(waiting -> process(List.of(waiting)));
            }
        } catch (DataAccessException e) {
            batch.forEach(waiting -> waiting.fail(e));
        } catch (Throwable e) { // a defect, or no memory: whoever waits must hear of it, and the next ones be served
            var failure = new DataAccessResourceFailureException("The batch broke off: " + e, e);
            batch.forEach(waiting -> waiting.fail(failure));
        }
    }

    private void failTheRest() {
        Waiting<T, R> waiting;
        while ((waiting = queue.poll()) != null) {
            waiting.fail(new DataAccessResourceFailureException("The gateway is stopping"));
        }
    }
}
