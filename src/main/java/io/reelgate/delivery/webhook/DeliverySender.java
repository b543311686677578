package io.reelgate.delivery.webhook;

import io.reelgate.delivery.webhook.Attempt.Outcome;
import io.reelgate.delivery.webhook.DeliveryTickets.Share;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.lease.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Delivers webhooks that are due: at once those that this replica wrote down itself, within a second what else there is. Each is
 * tried under a lease of its own, which outlasts the try and the writing down of what came of it.
 */
@Component
class DeliverySender implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliverySender.class);

    /** Why a delivery is given up that no receiver has anything to do with. */
    static final String OVERTAKEN = "the job was reopened since, and its next end is told instead";

    /** How much longer than a try a lease is. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    /** Tries at once to one receiver: enough for a fast one, and a slow one does not have all places. */
    private static final int MOST_OF_A_RECEIVER = 4;

    /** A receiver would be told twice if the database was away for just this moment. */
    private static final int WRITES = 10;

    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final DeliveryTickets tickets;
    private final JobQueries jobs;
    private final WebhookRequest requests;
    private final Receivers receivers;
    private final RetrySchedule schedule;
    private final DeliveryMetrics metrics;
    private final int concurrency;
    private final Duration lease;
    private final Map<Lease, DeliveryTicket> underWay = new ConcurrentHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile @Nullable ExecutorService threads;

    DeliverySender(
            DeliveryTickets tickets,
            JobQueries jobs,
            WebhookRequest requests,
            Receivers receivers,
            RetrySchedule schedule,
            DeliveryMetrics metrics,
            WebhookProperties properties) {
        this.tickets = tickets;
        this.jobs = jobs;
        this.requests = requests;
        this.receivers = receivers;
        this.schedule = schedule;
        this.metrics = metrics;
        this.concurrency = properties.concurrency();
        this.lease = properties.timeout().plus(MARGIN);
    }

    /** Something is due: it is looked for on a thread of its own, once for all that say so until then. */
    void wake() {
        var running = threads;
        if (running != null && woken.compareAndSet(false, true)) {
            try {
                running.execute(this::look);
            } catch (RejectedExecutionException stopping) {
                log.debug("Nothing is delivered any more, the gateway stops");
            }
        }
    }

    private void look() {
        woken.set(false);
        try {
            pass();
        } catch (DataAccessException | TransactionException away) {
            log.debug("No webhook is claimed, the database is away: {}", away.toString());
        }
    }

    /** One pass: claims what is due and has a place, and returns without waiting for it. */
    @Scheduled(fixedDelayString = "1s", initialDelayString = "1s")
    synchronized void pass() {
        var running = threads;
        int free = concurrency - underWay.size();
        if (running == null || free <= 0) {
            return;
        }
        var claimed = tickets.claim(
                free,
                lease,
                new Share(MOST_OF_A_RECEIVER, busy(DeliveryTicket::origin)),
                new Share(Math.max(1, concurrency / 2), busy(DeliveryTicket::app)),
                Math.max(1, concurrency / 4));
        for (var ticket : claimed) {
            underWay.put(ticket.lease(), ticket);
            running.execute(() -> run(ticket));
        }
    }

    private Map<String, Integer> busy(Function<DeliveryTicket, String> of) {
        var counts = new HashMap<String, Integer>();
        underWay.values().forEach(ticket -> counts.merge(of.apply(ticket), 1, Integer::sum));
        return counts;
    }

    private void run(DeliveryTicket ticket) {
        try {
            deliver(ticket);
        } catch (DataAccessException | TransactionException away) {
            // The lease ends by itself, and it is tried again under the same id.
            log.debug("{}: what became of it could not be written down", ticket, away);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error defect) {
            log.error("{} failed; it will be tried again", ticket, defect);
        } finally {
            if (threads != null) {
                underWay.remove(ticket.lease());
            }
        }
        wake();
    }

    private void deliver(DeliveryTicket ticket) throws InterruptedException {
        var job = jobs.find(ticket.jobId());
        if (job.isEmpty()) {
            return; // deleted just now, and the delivery with it
        }
        long began = System.nanoTime();
        var attempt = attempt(ticket, job.get());
        if (Thread.currentThread().isInterrupted()) {
            return; // broken off by the stop, which says nothing about the receiver
        }
        metrics.tried(attempt.outcome(), Duration.ofNanos(System.nanoTime() - began));
        record(ticket, attempt);
        underWay.remove(ticket.lease());
    }

    private Attempt attempt(DeliveryTicket ticket, JobView job) {
        if (!job.status().ended() || !EventType.of(job.status()).word().equals(ticket.type())) {
            return Attempt.unanswered(Outcome.OVERTAKEN, OVERTAKEN);
        }
        var request = requests.of(ticket, job);
        return receivers.post(request.address(), request.headers(), request.body());
    }

    private void record(DeliveryTicket ticket, Attempt attempt) throws InterruptedException {
        int attempts = ticket.attempts() + 1;
        var pause = attempt.outcome().isWorthAnother()
                ? schedule.after(attempts, attempt.retryAfter())
                : Optional.<Duration>empty();
        if (attempt.outcome() == Outcome.DELIVERED) {
            if (write(() -> tickets.done(ticket, DeliveryState.DELIVERED, attempt))) {
                log.info("{} arrived at try {}", ticket, attempts);
            }
        } else if (pause.isPresent()) {
            if (write(() -> tickets.again(ticket, attempt, pause.get()))) {
                log.info("{} did not arrive at try {}: {}", ticket, attempts, attempt.words());
            }
        } else if (write(() -> tickets.done(ticket, DeliveryState.FAILED, attempt))) {
            metrics.failed();
            log.warn("{} is given up after {} tries: {}", ticket, attempts, attempt.words());
        }
    }

    private static boolean write(BooleanSupplier statement) throws InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return statement.getAsBoolean();
            } catch (DataAccessException | TransactionException away) {
                if (tried == WRITES) {
                    throw away;
                }
                Thread.sleep(BETWEEN_WRITES);
            }
        }
    }

    @Override
    public void start() {
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("webhook-", 0).factory());
    }

    /** Claims no more, gives what is under way a moment, and the rest back. */
    @Override
    public void stop() {
        var ended = threads;
        threads = null;
        if (ended == null) {
            return;
        }
        ended.shutdown();
        try {
            if (!ended.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                ended.shutdownNow();
                ended.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
            tickets.release(List.copyOf(underWay.keySet()));
            underWay.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException away) {
            log.warn("Leases of webhooks not given back, the database is away; they end by themselves");
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }
}
