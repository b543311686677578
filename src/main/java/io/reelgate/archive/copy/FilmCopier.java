package io.reelgate.archive.copy;

import io.reelgate.archive.ArchiveProperties;
import io.reelgate.archive.store.ArchiveWatch;
import io.reelgate.archive.store.FilmStore;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.reelgate.lease.Lease;
import io.reelgate.lease.RetryPolicy;
import io.reelgate.upstream.account.Accounts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Copies films that are due, a few at a time: each under a lease that is renewed while it lasts, so that a film of which a
 * replica died is taken over within the lease's length.
 */
final class FilmCopier implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FilmCopier.class);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(5));

    /** How long a stop waits for copies under way: most take less, and another download may cost the last one allowed. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private final FilmTickets tickets;
    private final JobQueries jobs;
    private final Accounts accounts;
    private final FilmSource source;
    private final FilmWriter writer;
    private final WorkFolder folder;
    private final FilmStore store;
    private final ArchiveWatch watch;
    private final CopyMetrics metrics;
    private final Clock clock;
    private final int concurrency;
    private final Map<Lease, FilmCopy> copies = new ConcurrentHashMap<>();
    private volatile @Nullable ExecutorService threads;
    private volatile boolean moreAreDue;

    FilmCopier(
            FilmTickets tickets,
            JobQueries jobs,
            Accounts accounts,
            FilmSource source,
            FilmWriter writer,
            WorkFolder folder,
            FilmStore store,
            ArchiveWatch watch,
            CopyMetrics metrics,
            Clock clock,
            ArchiveProperties properties) {
        this.tickets = tickets;
        this.jobs = jobs;
        this.accounts = accounts;
        this.source = source;
        this.writer = writer;
        this.folder = folder;
        this.store = store;
        this.watch = watch;
        this.metrics = metrics;
        this.clock = clock;
        this.concurrency = properties.concurrency();
    }

    /** One pass: claims as many films as there are free places, and returns without waiting for them. */
    @Scheduled(fixedDelayString = "500ms", initialDelayString = "1s")
    synchronized void pass() {
        var running = threads;
        int free = concurrency - copies.size();
        // Without a place to put it a film need not be fetched, and without a store it could only lie about.
        if (running == null || free <= 0 || watch.trouble().isPresent()) {
            return;
        }
        var claimed = tickets.claim(free, LEASE, accounts.served());
        moreAreDue = claimed.size() == free;
        for (var ticket : claimed) {
            var copy = new FilmCopy(ticket, source, writer, folder, store);
            copies.put(ticket.lease(), copy);
            running.execute(() -> run(copy));
        }
    }

    /** Holds on to the films that are being copied; one that somebody else has taken over is given up. */
    @Scheduled(fixedDelayString = "8s", initialDelayString = "8s")
    void renew() {
        var held = Set.copyOf(copies.keySet());
        var ours = tickets.renew(held, LEASE);
        held.stream().filter(lease -> !ours.contains(lease)).forEach(lease -> {
            var copy = copies.get(lease);
            if (copy != null) {
                copy.abandon();
            }
        });
    }

    private void run(FilmCopy copy) {
        var ticket = copy.ticket();
        try {
            var job = jobs.find(ticket.jobId()).orElseThrow();
            record(ticket, job, copy.run(job, clock.instant()));
        } catch (DataAccessException | TransactionException away) {
            // The lease ends by itself, and what was fetched is there for the next claim.
            log.debug("Job {}: what became of its film could not be written down", ticket.jobId(), away);
        } catch (IOException e) {
            log.warn("Job {}: files of its film could not be removed: {}", ticket.jobId(), Words.ofFile(e));
        } catch (RuntimeException | Error defect) {
            log.error("Job {}: the copying of its film failed; it will be tried again", ticket.jobId(), defect);
        } finally {
            copies.remove(ticket.lease());
        }
        goOn();
    }

    /** Where more are due than there were places, a place is not left empty until the next pass. */
    private void goOn() {
        try {
            if (moreAreDue) {
                pass();
            }
        } catch (DataAccessException | TransactionException away) {
            log.debug("No further film is claimed, the database is away: {}", away.toString());
        }
    }

    private void record(FilmTicket ticket, JobView job, CopyResult result) throws IOException {
        var now = clock.instant();
        switch (result) {
            case CopyResult.Kept(var film) -> {
                if (tickets.kept(ticket, store.locationOf(ticket.jobId()), film, now)) {
                    folder.clear(ticket.jobId());
                    var after = Duration.between(job.finishedAt() == null ? now : job.finishedAt(), now);
                    metrics.kept(film, after);
                    log.info("Job {}: its film of {} bytes is kept", ticket.jobId(), film.size());
                }
            }
            case CopyResult.Again(var reason, var words) -> {
                metrics.failed(reason);
                if (tickets.again(ticket, words, RETRIES.after(ticket.tries() + 1))) {
                    log.warn("Job {}: its film is not kept yet: {}", ticket.jobId(), words);
                }
            }
            case CopyResult.Missing(var reason, var words) -> {
                metrics.failed(reason);
                folder.clear(ticket.jobId());
                if (tickets.missing(ticket, words)) {
                    metrics.lost(reason);
                    log.error("Job {}: its film cannot be kept: {}", ticket.jobId(), words);
                }
            }
            case CopyResult.Abandoned _ -> {
                log.debug("Job {}: the copying of its film is given up", ticket.jobId());
                tickets.release(List.of(ticket.lease()));
            }
        }
    }

    @Override
    public void start() {
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("film-copy-", 0).factory());
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
                copies.values().forEach(FilmCopy::abandon);
                ended.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
            tickets.release(List.copyOf(copies.keySet()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException away) {
            log.warn("Leases of films not given back, the database is away; they end by themselves");
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }
}
