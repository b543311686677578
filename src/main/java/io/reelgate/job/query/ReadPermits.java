package io.reelgate.job.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few read at once, and nobody take all places: each name a reader goes by, such as its address, has a bound of its
 * own, and waits for that before it waits for one of the places of all.
 */
public final class ReadPermits {

    private final Semaphore places;
    private final ConcurrentHashMap<String, Share> shares = new ConcurrentHashMap<>();

    /** Somebody who reads, by one name, and how many may by that name at once. */
    public record Reader(String name, int most) {}

    /** A place, to be left in the end. */
    public interface Permit extends AutoCloseable {

        @Override
        void close();
    }

    /** The places of one name; it goes when nobody of that name has one or waits for one. */
    private static final class Share {

        private final Semaphore places;
        private int users;

        Share(int places) {
            this.places = new Semaphore(places, true);
        }
    }

    /** This many places. */
    public ReadPermits(int places) {
        this.places = new Semaphore(places, true);
    }

    /** A place for who goes by all these names and has this patience; {@code null} if none becomes free in time. */
    public @Nullable Permit enter(Duration patience, List<Reader> names) {
        long until = System.nanoTime() + patience.toNanos();
        var held = new ArrayList<Permit>();
        for (var name : names) {
            var share = share(name, until);
            if (share == null) {
                leave(held);
                return null;
            }
            held.add(share);
        }
        if (!acquired(places, until)) {
            leave(held);
            return null;
        }
        held.add(places::release);
        return () -> leave(held);
    }

    private @Nullable Permit share(Reader name, long until) {
        var share = shares.compute(name.name(), (_, known) -> {
            var used = known == null ? new Share(name.most()) : known;
            used.users++;
            return used;
        });
        if (acquired(share.places, until)) {
            return () -> {
                share.places.release();
                forget(name.name());
            };
        }
        forget(name.name());
        return null;
    }

    private void forget(String name) {
        shares.computeIfPresent(name, (_, share) -> --share.users == 0 ? null : share);
    }

    private static void leave(List<Permit> held) {
        held.reversed().forEach(Permit::close);
    }

    private static boolean acquired(Semaphore semaphore, long until) {
        try {
            return semaphore.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
