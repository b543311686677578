package io.reelgate.tracking;

import io.reelgate.job.store.PollTicket;
import io.reelgate.job.store.PollTickets;
import io.reelgate.upstream.PollOutcome;
import io.reelgate.upstream.UpstreamClient;
import io.reelgate.upstream.UpstreamProperties;
import io.reelgate.upstream.account.Accounts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Mono;

/**
 * The poller: claims as many due tickets as it has free permits, and asks for all of them at once, so that a slow answer
 * holds up nobody else. While it waits for answers it holds no thread.
 */
@Component
class Poller implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    private static final int CLAIM = 500;
    private static final Duration WRITE_BACK = Duration.ofSeconds(5);

    private final PollTickets tickets;
    private final Accounts accounts;
    private final UpstreamClient upstream;
    private final PollDecider decider;
    private final PollResultWriter writeBack;
    private final PollMetrics metrics;
    private final TrackingProperties properties;
    private final Semaphore permits;
    private final Set<PollTicket> asking = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean databaseAway;

    Poller(
            PollTickets tickets,
            Accounts accounts,
            UpstreamClient upstream,
            PollDecider decider,
            PollResultWriter writeBack,
            PollMetrics metrics,
            TrackingProperties properties,
            UpstreamProperties upstreamProperties) {
        var needed = upstreamProperties.pollTimeout().plus(WRITE_BACK);
        if (properties.lease().compareTo(needed) <= 0) {
            throw new IllegalStateException(
                    "reelgate.tracking.lease (%s) must be longer than reelgate.upstream.poll-timeout and the write-back together (%s)"
                            .formatted(properties.lease(), needed));
        }
        if (properties.concurrency() > upstreamProperties.maxConnections()) {
            throw new IllegalStateException(
                    "reelgate.tracking.concurrency (%d) must not be above reelgate.upstream.max-connections (%d)"
                            .formatted(properties.concurrency(), upstreamProperties.maxConnections()));
        }
        this.tickets = tickets;
        this.accounts = accounts;
        this.upstream = upstream;
        this.decider = decider;
        this.writeBack = writeBack;
        this.metrics = metrics;
        this.properties = properties;
        this.permits = new Semaphore(properties.concurrency());
    }

    /** One pass: claims what is due and can be asked for now, and returns without waiting for the answers. */
    @Scheduled(fixedDelayString = "200ms", initialDelayString = "1s")
    void pass() {
        int claimed;
        int wanted;
        do {
            wanted = Math.min(permits.availablePermits(), CLAIM);
            claimed = running && wanted > 0 ? claim(wanted) : 0;
        } while (claimed > 0 && claimed == wanted);
    }

    private int claim(int wanted) {
        List<PollTicket> claimed;
        try {
            claimed = tickets.claim(wanted, properties.lease(), accounts.served());
        } catch (DataAccessException | TransactionException e) {
            if (!databaseAway) {
                log.warn("Polling pauses, the database is away: {}", e.getMessage());
            }
            databaseAway = true;
            return 0;
        }
        if (databaseAway) {
            log.info("Polling goes on, the database is back");
            databaseAway = false;
        }
        permits.acquireUninterruptibly(claimed.size());
        asking.addAll(claimed);
        claimed.forEach(this::ask);
        return claimed.size();
    }

    private void ask(PollTicket ticket) {
        long began = System.nanoTime();
        Mono.defer(() -> upstream.poll(ticket.upstreamTaskId()))
                // A permit is for a call, and not for the writing down of what came of it.
                .doFinally(_ -> permits.release())
                .subscribe(
                        outcome -> told(ticket, outcome, Duration.ofNanos(System.nanoTime() - began)),
                        defect -> brokeOff(ticket, defect));
    }

    private void told(PollTicket ticket, PollOutcome outcome, Duration took) {
        metrics.polled(outcome, took);
        writeBack.add(decider.find(ticket, outcome, took), () -> asking.remove(ticket));
    }

    private void brokeOff(PollTicket ticket, Throwable defect) {
        log.error("Job {}: its poll broke off; it will be asked again", ticket.jobId(), defect);
        // It told nothing, and if it does so again and again, ops are to know.
        told(
                ticket,
                new PollOutcome.Unanswered(
                        "the gateway failed at the answer: " + defect.getClass().getSimpleName(), null),
                Duration.ZERO);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Stops claiming and gives the leases back: another replica takes over at once, and late answers find no ticket. */
    @Override
    public void stop() {
        running = false;
        try {
            tickets.release(List.copyOf(asking));
        } catch (DataAccessException | TransactionException e) {
            log.warn("Leases not given back, the database is away; they end by themselves");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
