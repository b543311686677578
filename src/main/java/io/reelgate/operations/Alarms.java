package io.reelgate.operations;

import io.reelgate.archive.library.ArchiveNumbers;
import io.reelgate.delivery.webhook.FailingReceiver;
import io.reelgate.incidents.QuotaIncident;
import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.HoldReason;
import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobStatistics;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsWaiting;
import io.reelgate.operations.Alarm.Blame;
import io.reelgate.operations.Alarm.Message;
import io.reelgate.operations.Alarm.Severity;
import io.reelgate.tracking.StalledJobs;
import io.reelgate.upstream.UpstreamHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds out what ops should know at once. */
@Component
public class Alarms {

    /** A dead replica's tickets are taken over within its lease, 30 s by default; what is later than that lags. */
    private static final Duration LAG = Duration.ofSeconds(45);

    /** Of the last hour's minutes, those that tell whether the upstream is failing now. */
    private static final int MINUTES_LOOKED_AT = 10;

    private static final int LEAST_LOST = 3;
    private static final int MOST_NAMES = 5;

    private final Statistics statistics;
    private final UpstreamHealth upstream;
    private final JobStatistics jobs;
    private final ExpiringSupplier<List<QuotaIncident>> incidents;
    private final Stalled stalled;
    private final AccountTasks accounts;
    private final Films films;
    private final Holds holds;
    private final Deliveries deliveries;
    private final UnpricedModels unpriced;
    private final Clock clock;

    Alarms(
            Statistics statistics,
            UpstreamHealth upstream,
            QuotaIncidents incidents,
            JobStatistics jobs,
            Stalled stalled,
            AccountTasks accounts,
            Films films,
            Holds holds,
            Deliveries deliveries,
            UnpricedModels unpriced,
            Clock clock) {
        this.statistics = statistics;
        this.upstream = upstream;
        this.jobs = jobs;
        this.stalled = stalled;
        this.accounts = accounts;
        this.films = films;
        this.holds = holds;
        this.deliveries = deliveries;
        this.unpriced = unpriced;
        this.clock = clock;
        this.incidents = new ExpiringSupplier<>(Duration.ofSeconds(2), clock, incidents::open);
    }

    /** All there are, the worst first; throws {@link org.springframework.dao.DataAccessException} if the record is away. */
    public List<Alarm> now() {
        var alarms = new ArrayList<Alarm>();
        upstreamAlarms(alarms);
        quota(incidents.get(), alarms);
        held(holds.waiting(), alarms);
        elsewhere(alarms);
        archive(alarms);
        if (films.areKept()) {
            films(films.numbers(), alarms);
        }
        waiting(statistics.waiting(), alarms);
        receivers(deliveries.failing(), alarms);
        stalled(stalled.now(), alarms);
        unpriced(unpriced.now(), alarms);
        return alarms;
    }

    /** Those that are known without the record, which is away. */
    public List<Alarm> withoutRecord() {
        return without("record");
    }

    /** Those that are known without what would take too long to count now. */
    public List<Alarm> withoutNumbers() {
        return without("numbers");
    }

    private List<Alarm> without(String what) {
        var alarms = new ArrayList<Alarm>();
        alarms.add(new Alarm(
                what,
                Blame.GATEWAY,
                Message.of("alarm." + what),
                Message.of("alarm." + what + ".advice"),
                null,
                null,
                null));
        health(alarms);
        archive(alarms);
        return alarms;
    }

    private void upstreamAlarms(List<Alarm> alarms) {
        health(alarms);
        if (alarms.isEmpty()) {
            failing(statistics.in(Window.HOUR), alarms);
        }
    }

    /** What this replica knows of itself. */
    private void health(List<Alarm> alarms) {
        upstream.trouble().ifPresent(trouble -> {
            var message = switch (trouble.kind()) {
                case KEY_REFUSED -> "alarm.key";
                case MISROUTED -> "alarm.misrouted";
                case OUT_OF_REACH -> "alarm.unreachable";
                case MIXED_UP -> "alarm.mixed";
                case POLLS_DENIED -> "alarm.denied";
            };
            alarms.add(new Alarm(
                    "upstream",
                    Blame.UPSTREAM,
                    Message.of(message),
                    Message.of(message + ".advice"),
                    trouble.since(),
                    trouble.words(),
                    null));
        });
    }

    /** What all replicas have seen: most of the latest jobs did not get through. */
    private void failing(JobsInWindow hour, List<Alarm> alarms) {
        var series = hour.series();
        var lately = series.subList(Math.max(0, series.size() - MINUTES_LOOKED_AT), series.size());
        long lost = lately.stream()
                .mapToLong(slot -> slot.counts().in(JobStatus.UNAVAILABLE, JobStatus.UNCONFIRMED))
                .sum();
        long accepted =
                lately.stream().mapToLong(slot -> slot.counts().accepted()).sum();
        if (lost >= LEAST_LOST && lost > accepted) {
            alarms.add(new Alarm(
                    "failing",
                    Blame.UPSTREAM,
                    Message.of("alarm.failing", lost, MINUTES_LOOKED_AT),
                    Message.of("alarm.failing.advice"),
                    null,
                    null,
                    "/ops/jobs?status=unavailable&status=unconfirmed"));
        }
    }

    private void quota(List<QuotaIncident> open, List<Alarm> alarms) {
        if (!open.isEmpty()) {
            var refused = jobs.refused(open.stream().map(QuotaIncident::id).toList());
            open.forEach(incident -> alarms.add(quota(incident, refused.getOrDefault(incident.id(), Map.of()))));
        }
    }

    /** Nothing is lost, so it can wait for the morning; but whose jobs wait, and how long, should be known. */
    private void held(Map<HoldReason, Long> waiting, List<Alarm> alarms) {
        waiting.forEach((reason, jobs) -> {
            if (jobs > 0) {
                alarms.add(new Alarm(
                        Severity.NOTICE,
                        "held-" + reason.word(),
                        reason == HoldReason.BALANCE ? Blame.BALANCE : Blame.UPSTREAM,
                        Message.of("alarm.held." + reason.word(), jobs),
                        Message.of("alarm.held.advice"),
                        clock.instant().minus(holds.oldest()),
                        null,
                        "/ops/balance"));
            }
        });
    }

    private Alarm quota(QuotaIncident incident, Map<String, Long> apps) {
        var names = apps.keySet().stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return new Alarm(
                "quota-" + incident.id(),
                Blame.BALANCE,
                apps.isEmpty()
                        ? Message.of("alarm.quota.none", incident.model())
                        : Message.of(
                                "alarm.quota",
                                incident.model(),
                                incident.refusedJobs(),
                                apps.size() > MOST_NAMES ? names + ", …" : names),
                advice(incident),
                incident.openedAt(),
                incident.message(),
                "/ops/balance");
    }

    private Message advice(QuotaIncident incident) {
        return incident.remaining() == null || incident.required() == null
                ? Message.of("alarm.quota.advice")
                : Message.of("alarm.quota.advice.sums", incident.remaining(), incident.required());
    }

    /** Jobs nobody knows anything of are an alarm; slow ones may stand in a mere long queue, and are none. */
    private void stalled(Stalled.Reading reading, List<Alarm> alarms) {
        if (reading.silent() > 0) {
            alarms.add(new Alarm(
                    "silent",
                    Blame.UPSTREAM,
                    Message.of("alarm.silent", reading.silent(), StalledJobs.SILENCE.toMinutes()),
                    Message.of("alarm.silent.advice"),
                    reading.silentSince(),
                    null,
                    "/ops/stalled"));
        }
        if (!reading.slow().isEmpty()) {
            alarms.add(new Alarm(
                    Severity.NOTICE,
                    "slow",
                    Blame.UPSTREAM,
                    Message.of("alarm.slow", reading.slow().size(), StalledJobs.TIMES),
                    Message.of("alarm.slow.advice"),
                    null,
                    null,
                    "/ops/stalled#slow"));
        }
    }

    /** No sum has what these jobs cost. */
    private static void unpriced(List<String> models, List<Alarm> alarms) {
        if (!models.isEmpty()) {
            var names = models.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
            alarms.add(new Alarm(
                    Severity.NOTICE,
                    "unpriced",
                    Blame.BALANCE,
                    Message.of("alarm.unpriced", models.size() > MOST_NAMES ? names + ", …" : names),
                    Message.of("alarm.unpriced.advice"),
                    null,
                    null,
                    "/ops/spend"));
        }
    }

    /** What this replica knows of the store, and of its own disk. */
    private void archive(List<Alarm> alarms) {
        films.trouble().ifPresent(trouble -> {
            var message = switch (trouble.kind()) {
                case STORE -> "alarm.archive.store";
                case DISK -> "alarm.archive.disk";
            };
            alarms.add(new Alarm(
                    "archive",
                    Blame.GATEWAY,
                    Message.of(message),
                    Message.of(message + ".advice"),
                    trouble.since(),
                    trouble.words(),
                    "/ops/jobs?film=waiting"));
        });
    }

    private void films(ArchiveNumbers numbers, List<Alarm> alarms) {
        if (numbers.endingSoon() > 0 && numbers.nextEnd() != null) {
            var left = Duration.between(clock.instant(), numbers.nextEnd());
            alarms.add(new Alarm(
                    "films-ending",
                    Blame.GATEWAY,
                    Message.of("alarm.films.ending", numbers.endingSoon(), left.isNegative() ? Duration.ZERO : left),
                    Message.of("alarm.films.ending.advice"),
                    null,
                    null,
                    "/ops/jobs?film=waiting"));
        }
        if (numbers.gone() > 0) {
            alarms.add(new Alarm(
                    "films-gone",
                    Blame.GATEWAY,
                    Message.of("alarm.films.gone", numbers.gone()),
                    Message.of("alarm.films.gone.advice"),
                    null,
                    null,
                    "/ops/jobs?film=missing"));
        }
        if (numbers.lost() > 0) {
            alarms.add(new Alarm(
                    Severity.WARNING,
                    "films-lost",
                    Blame.GATEWAY,
                    Message.of("alarm.films.lost", numbers.lost()),
                    Message.of("alarm.films.lost.advice"),
                    null,
                    null,
                    "/ops/jobs?film=missing"));
        }
    }

    /** The apps' own receivers: nobody gets up for them, but somebody should tell the apps. */
    private void receivers(List<FailingReceiver> failing, List<Alarm> alarms) {
        if (failing.isEmpty()) {
            return;
        }
        var longest = failing.getFirst();
        var names =
                failing.stream().limit(MOST_NAMES).map(FailingReceiver::origin).collect(Collectors.joining(", "));
        alarms.add(new Alarm(
                Severity.WARNING,
                "receivers",
                Blame.GATEWAY,
                Message.of("alarm.receivers", failing.size(), failing.size() > MOST_NAMES ? names + ", …" : names),
                Message.of("alarm.receivers.advice"),
                longest.since(),
                null,
                "/ops/deliveries?state=" + longest.state().word()
                        + (failing.size() == 1 ? "&app=" + longest.app() : "")));
    }

    private void elsewhere(List<Alarm> alarms) {
        accounts.elsewhere()
                .forEach(tasks -> alarms.add(new Alarm(
                        "elsewhere-" + tasks.account().id(),
                        Blame.GATEWAY,
                        Message.of("alarm.elsewhere", tasks.inFlight()),
                        Message.of(
                                "alarm.elsewhere.advice",
                                tasks.account().name(),
                                Objects.requireNonNullElse(tasks.account().address(), "–"),
                                accounts.configured().name(),
                                Objects.requireNonNullElse(accounts.configured().address(), "–")),
                        null,
                        null,
                        "/ops/accounts")));
    }

    private void waiting(JobsWaiting waiting, List<Alarm> alarms) {
        if (waiting.unconfirmed() > 0) {
            alarms.add(new Alarm(
                    Severity.WARNING,
                    "unconfirmed",
                    Blame.UPSTREAM,
                    Message.of("alarm.unconfirmed", waiting.unconfirmed()),
                    Message.of("alarm.unconfirmed.advice"),
                    waiting.oldestUnconfirmed(),
                    null,
                    "/ops/jobs?status=unconfirmed"));
        }
        if (waiting.overdue().compareTo(LAG) > 0) {
            alarms.add(new Alarm(
                    "lag",
                    Blame.GATEWAY,
                    Message.of("alarm.lag", waiting.due(), waiting.overdue()),
                    Message.of("alarm.lag.advice"),
                    null,
                    null,
                    "/ops/jobs?status=queued&status=in_progress"));
        }
    }
}
