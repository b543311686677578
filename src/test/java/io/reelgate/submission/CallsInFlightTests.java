package io.reelgate.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** What a graceful stop waits for. */
class CallsInFlightTests {

    private final LifecycleProperties properties = new LifecycleProperties();
    private final CountDownLatch answered = new CountDownLatch(1);

    @Test
    void aStopWaitsForTheCallsUnderWay() {
        var calls = started();
        var call = calls.start(this::call);
        var stopped = stop(calls);
        await().during(Duration.ofMillis(100)).until(() -> !stopped.isDone());

        answered.countDown();

        await().until(stopped::isDone);
        assertThat(call).isCompletedWithValue("answer");
    }

    @Test
    void aStopEndsThoughACallDoesNot() {
        properties.setTimeoutPerShutdownPhase(Duration.ofMillis(1));
        var calls = started();
        calls.start(this::call);

        await().until(stop(calls)::isDone);

        answered.countDown();
    }

    /** A request that is still being read has yet to begin its call. */
    @Test
    void theWaitComesAfterTheOneForRequests() {
        assertThat(started().getPhase()).isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }

    private CallsInFlight started() {
        var calls = new CallsInFlight(properties);
        calls.start();
        return calls;
    }

    private static CompletableFuture<Void> stop(CallsInFlight calls) {
        var stopped = new CompletableFuture<Void>();
        calls.closing();
        calls.stop(() -> stopped.complete(null));
        return stopped;
    }

    private String call() {
        try {
            answered.await();
            return "answer";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
