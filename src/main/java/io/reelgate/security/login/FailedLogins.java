package io.reelgate.security.login;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reelgate.net.Network;
import io.reelgate.web.Places;
import java.net.Inet6Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords, and holds the answers to them back for a second: {@value #MOST_HELD} at once, {@value #MOST_OF_ONE}
 * of them for one network. Whoever guesses faster is told so at once instead, since holding more would be memory of ours.
 *
 * <p>It never sees who knows the password, so it can keep nobody out; decision 13 says what that costs.
 */
@Component
public class FailedLogins {

    static final int MOST_HELD = 64;
    public static final int MOST_OF_ONE = 4;

    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);
    private static final Duration HELD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    /** Lets time pass; as {@link Thread#sleep(Duration)}, but for tests. */
    public interface Sleeper {
        void sleep(Duration length) throws InterruptedException;
    }

    private final Places held = new Places(MOST_HELD, MOST_OF_ONE);
    private final Sleeper sleeper;
    private final Clock clock;
    private final Counter heldBack;
    private final Counter turnedAway;
    private Instant lastLine = Instant.MIN;
    private long sinceThen;

    @Autowired
    public FailedLogins(MeterRegistry meters, Clock clock) {
        this(meters, clock, Thread::sleep);
    }

    public FailedLogins(MeterRegistry meters, Clock clock, Sleeper sleeper) {
        this.sleeper = sleeper;
        this.clock = clock;
        this.heldBack = counter(meters, "held");
        this.turnedAway = counter(meters, "turned_away");
    }

    /** Returns when the caller at this address may learn that the login was wrong; throws if that is too many at once. */
    void hold(String address) {
        log(address);
        var network = network(address);
        if (!held.take(network)) {
            turnedAway.increment();
            throw new TooManyLoginAttempts(HELD);
        }
        try {
            heldBack.increment();
            sleeper.sleep(HELD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held.giveBack(network);
        }
    }

    /** Counts a login that could not even be looked at. */
    void turnedAway(String address) {
        log(address);
        turnedAway.increment();
    }

    /** Whoever has one IPv6 address has the 2^64 next to it, so these count as one. */
    static String network(String address) {
        return Network.address(address) instanceof Inet6Address v6
                ? HexFormat.of().formatHex(v6.getAddress(), 0, 8)
                : address;
    }

    /** A line each ten seconds at most: somebody who guesses must not fill the log. */
    private synchronized void log(String address) {
        sinceThen++;
        var now = clock.instant();
        if (lastLine.isBefore(now.minus(BETWEEN_LINES))) {
            log.warn("Failed ops login from {}; {} since the last such line", address, sinceThen);
            lastLine = now;
            sinceThen = 0;
        }
    }

    private static Counter counter(MeterRegistry meters, String answer) {
        return Counter.builder("reelgate.logins.failed")
                .description(
                        "Logins of ops that failed, by whether the answer was held back or said that there are too many")
                .tag("answer", answer)
                .register(meters);
    }
}
