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

    /**
     * Bytes that a byte of kept text takes at the worst beside the body itself, each time it is decoded: the parser's buffer,
     * the string, its copy while it is put together, and the driver's array, which it makes by way of an encoded text and a
     * buffer that doubles.
     */
    private static final int COST_OF_TEXT = 8;

    private final int all;
    private final Semaphore units;

    BodyBudget(SubmissionProperties properties) {
        this.all = unitsFor(properties.maxBodiesInFlight().toBytes());
        this.units = new Semaphore(all);
    }

    /** Bytes set aside for one body. */
    final class Reservation {

        private final AtomicInteger held = new AtomicInteger();

        /** Sets aside what it takes to decode this many bytes of text and to keep it. */
        void growForText(long bytes) {
            grow(COST_OF_TEXT * bytes);
        }

        /** Sets more bytes aside; throws 503 {@code overloaded} if they are not there now, 413 if they never can be. */
        void grow(long bytes) {
            int wanted = unitsFor(bytes);
            if (held.get() + (long) wanted > all) {
                throw AppError.of(413, "request_too_large", "The body holds more than the gateway has memory to keep");
            }
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
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }
}
