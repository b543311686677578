package io.reelgate.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something dear to count: counted by one caller at a time, and believed for a while. So is that it cannot be counted: those
 * who waited do not try it again one after the other.
 */
final class ExpiringSupplier<T> {

    private static final Duration FAILURE = Duration.ofSeconds(2);

    private final Supplier<T> count;
    private final Duration fresh;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Known<T> known;

    ExpiringSupplier(Duration fresh, Clock clock, Supplier<T> count) {
        this.fresh = fresh;
        this.clock = clock;
        this.count = count;
    }

    private record Known<T>(@Nullable T value, @Nullable RuntimeException failure, Instant at) {

        T get() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(value);
        }
    }

    /** The value, at most so old as is called fresh; throws what the counting throws. */
    T get() {
        var last = known;
        if (last != null && isFresh(last)) {
            return last.get();
        }
        oneAtATime.lock();
        try {
            last = known;
            if (last == null || !isFresh(last)) {
                last = counted();
                known = last;
            }
            return last.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Has it counted anew for the next who asks. */
    void forget() {
        known = null;
    }

    private Known<T> counted() {
        var at = clock.instant();
        try {
            return new Known<>(count.get(), null, at);
        } catch (RuntimeException e) {
            return new Known<>(null, e, clock.instant()); // it may have taken long to fail
        }
    }

    private boolean isFresh(Known<T> last) {
        return clock.instant().isBefore(last.at().plus(last.failure() == null ? fresh : FAILURE));
    }
}
