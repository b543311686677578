package io.reelgate.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.web.ConnectionLimit;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * So many may wait at once: as many as are configured, but no more than three quarters of all connections, which leaves room for
 * ordinary requests. Of these at most half at one address, or one app would keep all others from waiting.
 */
@Component
public class WaitingPlaces {

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Counter refused;

    WaitingPlaces(DeliveryProperties properties, ConnectionLimit connections, MeterRegistry meters) {
        this.most = connections.most() < 0
                ? properties.maxWaiting()
                : Math.min(properties.maxWaiting(), connections.most() * 3 / 4);
        this.refused = Counter.builder("reelgate.waits.refused")
                .description("Answers that were to wait, and did not, since as many waited as may")
                .register(meters);
        meters.gauge("reelgate.waiting", taken);
    }

    /** The right to wait, given back once. */
    public final class Place implements AutoCloseable {

        private final String address;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(String address) {
            this.address = address;
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
                taken.decrementAndGet();
            }
        }
    }

    /** A place for one more who waits at this address; empty if there is none. */
    public Optional<Place> enter(String address) {
        var place = new Place(address);
        int here = byAddress.merge(address, 1, Integer::sum);
        if (taken.incrementAndGet() > most || here > Math.max(1, most / 2)) {
            place.close();
            refused.increment();
            return Optional.empty();
        }
        return Optional.of(place);
    }
}
