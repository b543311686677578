package io.reelgate.submission;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The calls that are under way, each on a virtual thread of its own: neither an app that went away nor one that was
 * answered meanwhile ends its call, and a graceful stop waits for them.
 */
@Component
class CallsInFlight implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CallsInFlight.class);

    /** After the web server has let its requests finish: before that each of them may begin a call. */
    private static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;

    private final Duration longestStop;
    private volatile @Nullable Long closing;
    private volatile Phaser calls = new Phaser(1);
    private volatile boolean running;

    CallsInFlight(LifecycleProperties properties) {
        this.longestStop = properties.getTimeoutPerShutdownPhase();
    }

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

    @Override
    public void start() {
        calls = new Phaser(1); // the one before has ended, or waits for calls that outlived its stop
        closing = null;
        running = true;
    }

    /** The stop begins, in phases, of which the calls get what the others leave of the time for one. */
    @EventListener(ContextClosedEvent.class)
    void closing() {
        closing = System.nanoTime();
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        var began = closing;
        var gone = began == null ? 0 : System.nanoTime() - began;
        Thread.ofVirtual().name("submissions-stop").start(() -> {
            await(longestStop.minusNanos(gone));
            callback.run();
        });
    }

    private void await(Duration longest) {
        var counted = calls;
        try {
            counted.awaitAdvanceInterruptibly(counted.arriveAndDeregister(), longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn(
                    "Stopping with {} submissions under way; what they came to will be unknown",
                    counted.getRegisteredParties());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
