package io.reelgate.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something dear to count: counted by one caller at a time, and believed for a while. */
final class Remembered<T> {

    private final Supplier<T> count;
    private final Duration fresh;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Known<T> known;

    Remembered(Duration fresh, Clock clock, Supplier<T> count) {
        this.fresh = fresh;
        this.clock = clock;
        this.count = count;
    }

    private record Known<T>(T value, Instant at) {}

    /** The value, at most so old as is called fresh; throws what the counting throws. */
    T get() {
        var last = known;
        if (last != null && isFresh(last)) {
            return last.value();
        }
        oneAtATime.lock();
        try {
            last = known;
            if (last == null || !isFresh(last)) {
                var at = clock.instant();
                last = new Known<>(count.get(), at);
                known = last;
            }
            return last.value();
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean isFresh(Known<T> last) {
        return clock.instant().isBefore(last.at().plus(fresh));
    }
}
