package io.reelgate.access;

import java.net.Inet6Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows guessing: after five failures in a row from one address, that address waits 1 s, then twice as long after each
 * further failure, up to a minute.
 *
 * <p>Counted by address and not by user: there is one user, and counting by name would let anybody on the network keep ops
 * out of the console at night. Kept by each replica for itself, in memory, and bounded: beyond 10,000 addresses the one
 * not heard of for longest is forgotten.
 */
@Component
class LoginAttempts {

    private static final int FREE_FAILURES = 5;
    private static final int MAX_ADDRESSES = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(15);

    private record Failures(int inARow, Instant last) {

        Instant mayTryAt() {
            var excess = inARow - FREE_FAILURES;
            if (excess < 0) {
                return last;
            }
            var wait = Duration.ofSeconds(1L << Math.min(excess, 6));
            return last.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        }
    }

    private final Clock clock;

    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    /** How long this address must wait before its next attempt is looked at; zero or less if it need not. */
    synchronized Duration waitOf(String address) {
        var known = failures.get(network(address));
        return known == null ? Duration.ZERO : Duration.between(clock.instant(), known.mayTryAt());
    }

    synchronized void failed(String address) {
        var now = clock.instant();
        var network = network(address);
        var known = failures.get(network);
        var inARow = known == null || known.last().plus(FORGIVEN_AFTER).isBefore(now) ? 1 : known.inARow() + 1;
        failures.put(network, new Failures(inARow, now));
    }

    synchronized void succeeded(String address) {
        failures.remove(network(address));
    }

    /** Whoever has one IPv6 address has the 2^64 next to it, so these count as one. */
    private static String network(String address) {
        return Network.address(address) instanceof Inet6Address v6
                ? HexFormat.of().formatHex(v6.getAddress(), 0, 8)
                : address;
    }
}
