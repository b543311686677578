package io.reelgate.api.body;

import io.reelgate.submission.SubmissionProperties;
import io.reelgate.web.AppError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The memory that bodies may take at once, and one app's or address's share of it: what does not fit is refused with a clear 503
 * instead of an OutOfMemoryError, and nobody alone keeps the others out.
 */
@Component
public class BodyBudget {

    private static final Duration RETRY_AFTER_FULL = Duration.ofSeconds(5);

    /**
     * Bytes that a byte of kept text takes at the worst beside the body itself, each time it is decoded: the parser's buffer,
     * the string, its copy while it is put together, and the driver's array, which it makes by way of an encoded text and a
     * buffer that doubles.
     */
    private static final int COST_OF_TEXT = 8;

    private final long all;
    private final long share;
    private final Map<String, Long> heldBy = new HashMap<>();
    private long held;

    public BodyBudget(SubmissionProperties properties) {
        this.all = properties.maxBodiesInFlight().toBytes();
        // Half, but what the largest body takes while it is put together.
        this.share = Math.max(all / 2, Math.min(all, 2 * properties.maxBody().toBytes()));
    }

    /** Bytes set aside for one body; the budget's lock guards it. */
    public final class Reservation {

        private final List<String> owners;
        private long bytes;

        private Reservation(List<String> owners) {
            this.owners = owners;
        }

        /** Sets aside what it takes to decode this many bytes of text and to keep it. */
        public void growForText(long bytes) {
            grow(COST_OF_TEXT * bytes);
        }

        /** Sets more bytes aside; throws 503 {@code overloaded} if they are not there now, 413 if they never can be. */
        void grow(long more) {
            take(this, more);
        }

        /** Gives so many bytes back. */
        void shrink(long less) {
            give(this, less);
        }

        /** Gives everything back; a second call changes nothing. */
        public void release() {
            give(this, Long.MAX_VALUE);
        }
    }

    /** An empty reservation for a body of this app, from this address. */
    public Reservation open(String app, String address) {
        return new Reservation(List.of("app " + app, "address " + address));
    }

    private synchronized void take(Reservation reservation, long more) {
        if (reservation.bytes + more > share) {
            throw AppError.of(413, "request_too_large", "The body holds more than the gateway has memory to keep");
        }
        if (reservation.owners.stream().anyMatch(owner -> heldBy.getOrDefault(owner, 0L) + more > share)) {
            throw overloaded("The gateway holds as many request bodies of this app or address as it may");
        }
        if (held + more > all) {
            throw overloaded("The gateway holds as many request bodies as it can");
        }
        add(reservation, more);
    }

    private synchronized void give(Reservation reservation, long less) {
        add(reservation, -Math.min(less, reservation.bytes));
    }

    /** How many apps and addresses hold something. */
    synchronized int owners() {
        return heldBy.size();
    }

    private void add(Reservation reservation, long more) {
        if (more == 0) {
            return; // names are free to choose: nobody is remembered who holds nothing
        }
        reservation.bytes += more;
        held += more;
        for (var owner : reservation.owners) {
            heldBy.merge(owner, more, (before, added) -> before + added == 0 ? null : before + added);
        }
    }

    private static AppError overloaded(String message) {
        return AppError.of(503, "overloaded", message + "; send it again soon").retryAfter(RETRY_AFTER_FULL);
    }
}
