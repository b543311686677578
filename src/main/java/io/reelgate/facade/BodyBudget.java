package io.reelgate.facade;

import io.reelgate.submission.SubmissionProperties;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** The memory that bodies may take at once: what does not fit is refused with a clear 503 instead of an OutOfMemoryError. */
@Component
class BodyBudget {

    private static final int UNIT = 1024;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Semaphore units;

    BodyBudget(SubmissionProperties properties) {
        this.units = new Semaphore(unitsFor(properties.maxBodiesInFlight().toBytes()));
    }

    /** Bytes set aside for one body. */
    final class Reservation {

        private final AtomicInteger held = new AtomicInteger();

        /** Sets more bytes aside; throws 503 {@code overloaded} if they are not there. */
        void grow(long bytes) {
            int wanted = unitsFor(bytes);
            if (!units.tryAcquire(wanted)) {
                throw AppError.of(
                                503,
                                "overloaded",
                                "The gateway holds as many request bodies as it can; send it again soon")
                        .retryAfter(SOON);
            }
            held.addAndGet(wanted);
        }

        /** Gives everything back; a second call changes nothing. */
        void release() {
            units.release(held.getAndSet(0));
        }
    }

    /** An empty reservation. */
    Reservation open() {
        return new Reservation();
    }

    private static int unitsFor(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
