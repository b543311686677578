package io.reelgate.sandbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets an answer wait, but never a shutdown. */
@Component
@Profile("sandbox")
class Patience {

    private final CountDownLatch closing = new CountDownLatch(1);

    /** Returns after this time, or at once when the gateway stops. */
    void spend(Duration time) {
        try {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        closing.countDown();
    }
}
