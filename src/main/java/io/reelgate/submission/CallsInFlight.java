package io.reelgate.submission;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The calls that are under way, each on a virtual thread of its own: neither an app that went away nor one that was
 * answered meanwhile ends its call, and a graceful stop waits for them.
 */
@Component
class CallsInFlight implements SmartLifecycle {

    /** The phase in which the web server lets its requests finish; both wait side by side, for the same time. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private volatile Phaser calls = new Phaser(1);
    private volatile boolean running;

    /** Runs the call on a thread of its own, in the caller's log context. */
    <T> CompletableFuture<T> start(Supplier<T> call) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        var result = new CompletableFuture<T>();
        var counted = calls;
        counted.register();
        Thread.ofVirtual().name("submission").start(() -> {
            try {
                if (context != null) {
                    MDC.setContextMap(context);
                }
                result.complete(call.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                counted.arriveAndDeregister();
            }
        });
        return result;
    }

    /** How many calls are under way. */
    int count() {
        return calls.getRegisteredParties() - 1;
    }

    @Override
    public void start() {
        if (calls.isTerminated()) {
            calls = new Phaser(1);
        }
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        var counted = calls;
        Thread.ofVirtual().name("submissions-stop").start(() -> {
            counted.awaitAdvance(counted.arriveAndDeregister());
            callback.run();
        });
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
