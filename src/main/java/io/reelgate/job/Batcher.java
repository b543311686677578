package io.reelgate.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Lets what waits for the database at the same time share a round trip and a commit: while one batch is under way the next
 * one gathers, so that batches grow with the load and a lone item goes at once.
 *
 * <p>Nothing is promised to anybody early: a caller waits until its own item has been through. What it costs and what it
 * buys is in {@code docs/decisions/0007-who-waits-together-goes-together.md}.
 *
 * @param <T> what a caller hands in
 * @param <R> what it gets back
 */
final class Batcher<T, R> implements AutoCloseable {

    private static final int LARGEST = 100;

    private record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    private final BlockingQueue<Waiting<T, R>> queue = new LinkedBlockingQueue<>();
    private final Function<List<T>, List<R>> work;
    private final Thread worker;

    /**
     * Starts with a thread of its own, which is no virtual one: it does nothing but wait for the database.
     *
     * @param work takes a batch as one transaction and returns a result for each item, in their order
     */
    Batcher(String name, Function<List<T>, List<R>> work) {
        this.work = work;
        this.worker = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Returns when the item has been through, whoever went with it; throws what kept it, or its whole batch, from that. */
    R await(T item) {
        var waiting = new Waiting<T, R>(item, new CompletableFuture<>());
        queue.add(waiting);
        try {
            return waiting.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many wait for the batch under way to end. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        worker.interrupt();
    }

    private void run() {
        try {
            while (true) {
                var batch = new ArrayList<Waiting<T, R>>();
                batch.add(queue.take());
                queue.drainTo(batch, LARGEST - 1);
                process(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(List<Waiting<T, R>> batch) {
        try {
            var results = work.apply(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (DataIntegrityViolationException e) {
            if (batch.size() == 1) {
                batch.getFirst().result().completeExceptionally(e);
            } else {
                // One of them is wrong in itself, and took the others with it: each for itself, then.
                batch.forEach(waiting -> process(List.of(waiting)));
            }
        } catch (Throwable e) { // an OutOfMemoryError as well: without this thread nobody would ever be answered
            batch.forEach(waiting -> waiting.result().completeExceptionally(e));
        }
    }
}
