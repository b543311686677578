package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.reelgate.MutableClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often something dear is counted. */
class ExpiringSupplierTests {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger counts = new AtomicInteger();

    @Test
    void believesACountForAsLongAsItIsFresh() {
        var supplier = new ExpiringSupplier<>(FRESH, clock, counts::incrementAndGet);
        assertThat(supplier.get()).isEqualTo(1);

        clock.advance(FRESH.minus(MOMENT));
        assertThat(supplier.get()).isEqualTo(1);

        clock.advance(MOMENT);
        assertThat(supplier.get()).isEqualTo(2);
    }

    /** The numbers are as old as the beginning of the count, however long it took. */
    @Test
    void isAsOldAsTheBeginningOfItsCount() {
        var supplier = new ExpiringSupplier<>(FRESH, clock, () -> {
            clock.advance(FRESH);
            return counts.incrementAndGet();
        });

        assertThat(supplier.get()).isEqualTo(1);
        assertThat(supplier.get()).isEqualTo(2);
    }

    @Test
    void believesAFailureForTwoSeconds() {
        var supplier = failing(Duration.ZERO);
        assertFails(supplier, "failure 1");

        clock.advance(Duration.ofSeconds(2).minus(MOMENT));
        assertFails(supplier, "failure 1");

        clock.advance(MOMENT);
        assertFails(supplier, "failure 2");
    }

    /** Those who waited for it would else try it again, one after the other. */
    @Test
    void believesAFailureFromItsEndOn() {
        var supplier = failing(Duration.ofSeconds(20));

        assertFails(supplier, "failure 1");
        assertFails(supplier, "failure 1");
    }

    @Test
    void givesACountAgainOnceThereIsOne() {
        var supplier = new ExpiringSupplier<>(FRESH, clock, () -> {
            if (counts.incrementAndGet() == 1) {
                throw new IllegalStateException("failure 1");
            }
            return "counted";
        });
        assertFails(supplier, "failure 1");

        clock.advance(Duration.ofSeconds(2));

        assertThat(supplier.get()).isEqualTo("counted");
    }

    @Test
    void countsOnceForAllWhoAskMeanwhile() {
        var counted = new CountDownLatch(1);
        var supplier = new ExpiringSupplier<>(FRESH, clock, () -> {
            counts.incrementAndGet();
            try {
                counted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "counted";
        });
        try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            var first = CompletableFuture.supplyAsync(supplier::get, threads);
            await().until(() -> counts.get() == 1);
            var asked = new CompletableFuture<Thread>();
            var second = CompletableFuture.supplyAsync(
                    () -> {
                        asked.complete(Thread.currentThread());
                        return supplier.get();
                    },
                    threads);
            await().until(() -> asked.isDone() && asked.join().getState() == Thread.State.WAITING);

            counted.countDown();

            assertThat(first.join()).isEqualTo("counted");
            assertThat(second.join()).isEqualTo("counted");
            assertThat(counts).hasValue(1);
        }
    }

    private ExpiringSupplier<String> failing(Duration took) {
        return new ExpiringSupplier<>(FRESH, clock, () -> {
            clock.advance(took);
            throw new IllegalStateException("failure " + counts.incrementAndGet());
        });
    }

    private static void assertFails(ExpiringSupplier<?> supplier, String message) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(supplier::get)
                .withMessage(message);
    }
}
