package io.reelgate.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.reelgate.admission.SubmissionGate;
import io.reelgate.archive.library.ArchiveNumbers;
import io.reelgate.delivery.webhook.DeliveryNumbers;
import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.HoldReason;
import io.reelgate.job.stats.JobStatistics;
import io.reelgate.job.stats.JobsWaiting;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The gauges of what waits, read from the record every ten seconds: the same on every replica, and {@code NaN} while the
 * database is away.
 */
@Component
class RecordGauges {

    private static final Logger log = LoggerFactory.getLogger(RecordGauges.class);

    private final JobStatistics statistics;
    private final QuotaIncidents incidents;
    private final Stalled stalled;
    private final AccountTasks accounts;
    private final Films films;
    private final Deliveries deliveries;
    private final Holds holds;
    private volatile @Nullable Reading reading;

    private record Reading(
            JobsWaiting waiting,
            long openIncidents,
            Stalled.Reading stalled,
            long elsewhere,
            ArchiveNumbers films,
            DeliveryNumbers deliveries,
            Map<HoldReason, Long> held,
            Map<HoldReason, Long> closed,
            Duration oldestHeld) {}

    RecordGauges(
            JobStatistics statistics,
            QuotaIncidents incidents,
            Stalled stalled,
            AccountTasks accounts,
            Films films,
            Deliveries deliveries,
            Holds holds,
            SubmissionGate gate,
            Clock clock,
            MeterRegistry meters) {
        this.statistics = statistics;
        this.incidents = incidents;
        this.stalled = stalled;
        this.accounts = accounts;
        this.films = films;
        this.deliveries = deliveries;
        this.holds = holds;
        gauge(
                meters,
                "reelgate.jobs.in.flight",
                "Jobs the upstream has and has not ended",
                now -> now.waiting().inFlight());
        gauge(
                meters,
                "reelgate.jobs.unconfirmed",
                "Jobs whose outcome nobody knows",
                now -> now.waiting().unconfirmed());
        gauge(
                meters,
                "reelgate.jobs.silent",
                "Jobs of which polls have told nothing for 15 minutes",
                now -> now.stalled().silent());
        gauge(
                meters,
                "reelgate.jobs.slow",
                "Jobs that take 20 times as long as others of their kind; at most 1,000 are looked at",
                now -> now.stalled().slow().size());
        gauge(
                meters,
                "reelgate.jobs.elsewhere",
                "Jobs in flight of accounts that this gateway is not configured for",
                Reading::elsewhere);
        gauge(
                meters,
                "reelgate.tickets.due",
                "Jobs that should be polled now",
                now -> now.waiting().due());
        gauge(
                meters,
                "reelgate.tickets.overdue.seconds",
                "How long the longest due poll has been due",
                now -> now.waiting().overdue().toMillis() / 1000.0);
        gauge(meters, "reelgate.quota.incidents.open", "Models the upstream has no money for", Reading::openIncidents);
        gauge(
                meters,
                "reelgate.films.waiting",
                "Films that are to be kept and are not yet",
                now -> now.films().waiting());
        gauge(meters, "reelgate.films.waiting.oldest.seconds", "How old the oldest job is whose film waits", now -> {
            var oldest = now.films().oldestWaiting();
            return oldest == null
                    ? 0
                    : Duration.between(oldest, clock.instant()).toSeconds();
        });
        gauge(
                meters,
                "reelgate.films.stored",
                "Films that are kept",
                now -> now.films().films());
        gauge(
                meters,
                "reelgate.films.stored.bytes",
                "Bytes of films that are kept",
                now -> now.films().bytes());
        gauge(
                meters,
                "reelgate.films.ending.soon",
                "Films that are not kept and whose link ends within six hours",
                now -> now.films().endingSoon());
        gauge(
                meters,
                "reelgate.films.gone",
                "Films that were kept and that the store was found not to have, in the last day",
                now -> now.films().gone());
        gauge(
                meters,
                "reelgate.deliveries.waiting",
                "Webhooks that have not arrived yet and are tried again",
                now -> now.deliveries().waiting());
        gauge(
                meters,
                "reelgate.deliveries.oldest.seconds",
                "How old the oldest webhook is that has not arrived yet",
                now -> now.deliveries().oldest().toMillis() / 1000.0);
        for (var reason : HoldReason.values()) {
            gauge(
                    meters,
                    "reelgate.jobs.held",
                    "Jobs that wait before they are sent",
                    Tags.of("reason", reason.word()),
                    now -> now.held().getOrDefault(reason, 0L));
            gauge(
                    meters,
                    "reelgate.lanes.closed",
                    "Accounts and models that take no jobs, so that one at a time is tried",
                    Tags.of("reason", reason.word()),
                    now -> now.closed().getOrDefault(reason, 0L));
        }
        gauge(
                meters,
                "reelgate.held.oldest.seconds",
                "How long the job has waited that waits longest before it is sent",
                now -> now.oldestHeld().toMillis() / 1000.0);
        Gauge.builder("reelgate.paused", gate, now -> now.state().paused() ? 1 : 0)
                .description("1 while ops have paused submissions")
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<Reading> value) {
        gauge(meters, name, description, Tags.empty(), value);
    }

    private void gauge(
            MeterRegistry meters, String name, String description, Tags tags, ToDoubleFunction<Reading> value) {
        Gauge.builder(name, () -> {
                    var now = reading;
                    return now == null ? Double.NaN : value.applyAsDouble(now);
                })
                .description(description)
                .tags(tags)
                .register(meters);
    }

    @Scheduled(fixedDelayString = "10s", initialDelayString = "1s")
    void read() {
        try {
            reading = new Reading(
                    statistics.waiting(),
                    incidents.countOpen(),
                    stalled.now(),
                    accounts.countElsewhere(),
                    films.numbers(),
                    deliveries.numbers(),
                    holds.waiting(),
                    holds.closed(),
                    holds.oldest());
        } catch (DataAccessException | TransactionException e) {
            reading = null;
            log.debug("Gauges not read: {}", e.toString());
        }
    }
}
