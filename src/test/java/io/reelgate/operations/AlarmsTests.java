package io.reelgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reelgate.MutableClock;
import io.reelgate.archive.library.ArchiveNumbers;
import io.reelgate.archive.store.ArchiveWatch;
import io.reelgate.delivery.webhook.DeliveryState;
import io.reelgate.delivery.webhook.FailingReceiver;
import io.reelgate.incidents.QuotaIncident;
import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobCounts;
import io.reelgate.job.stats.JobStatistics;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsInWindow.Slot;
import io.reelgate.job.stats.JobsWaiting;
import io.reelgate.operations.Alarm.Blame;
import io.reelgate.operations.Alarm.Message;
import io.reelgate.operations.Alarm.Severity;
import io.reelgate.tracking.StalledJobs.Slow;
import io.reelgate.upstream.UpstreamHealth;
import io.reelgate.upstream.UpstreamHealth.Kind;
import io.reelgate.upstream.UpstreamHealth.Trouble;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each alarm: when it is there, and when it is not. */
class AlarmsTests {

    private static final Instant SINCE = Instant.parse("2026-07-31T11:00:00Z");
    private static final Stalled.Reading NOTHING_STALLED = new Stalled.Reading(0, null, List.of());

    private final Statistics statistics = mock();
    private final UpstreamHealth upstream = mock();
    private final QuotaIncidents incidents = mock();
    private final JobStatistics jobs = mock();
    private final Stalled stalled = mock();
    private final AccountTasks accounts = mock();
    private final Films films = mock();
    private final Holds holds = mock();
    private final Deliveries deliveries = mock();
    private final UnpricedModels unpriced = mock();
    private final MutableClock clock = new MutableClock();
    private final Alarms alarms = new Alarms(
            statistics, upstream, incidents, jobs, stalled, accounts, films, holds, deliveries, unpriced, clock);

    @BeforeEach
    void allIsWell() {
        when(upstream.trouble()).thenReturn(Optional.empty());
        when(statistics.in(Window.HOUR)).thenReturn(hour(JobCounts.NONE));
        when(statistics.waiting()).thenReturn(waiting(0, Duration.ZERO));
        when(incidents.open()).thenReturn(List.of());
        when(stalled.now()).thenReturn(NOTHING_STALLED);
        when(films.trouble()).thenReturn(Optional.empty());
        when(films.areKept()).thenReturn(true);
        when(films.numbers()).thenReturn(numbers(0, 0, 0));
    }

    @Test
    void saysWhichReceiverHasTakenNothingForADay() {
        when(deliveries.failing())
                .thenReturn(List.of(new FailingReceiver("http://shop:80", "shop", DeliveryState.WAITING, SINCE)));

        assertThat(only())
                .isEqualTo(new Alarm(
                        Severity.WARNING,
                        "receivers",
                        Blame.GATEWAY,
                        Message.of("alarm.receivers", 1, "http://shop:80"),
                        Message.of("alarm.receivers.advice"),
                        SINCE,
                        null,
                        "/ops/deliveries?state=waiting&app=shop"));
    }

    @Test
    void namesSomeOfManyReceivers() {
        when(deliveries.failing())
                .thenReturn(IntStream.range(0, 7)
                        .mapToObj(i -> new FailingReceiver("http://r" + i + ":80", "shop", DeliveryState.FAILED, SINCE))
                        .toList());

        assertThat(only().title())
                .isEqualTo(Message.of(
                        "alarm.receivers",
                        7,
                        "http://r0:80, http://r1:80, http://r2:80, http://r3:80, http://r4:80, …"));
        assertThat(only().link()).isEqualTo("/ops/deliveries?state=failed");
    }

    @Test
    void saysNothingWhenAllIsWell() {
        assertThat(alarms.now()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_REFUSED, alarm.key",
        "MISROUTED, alarm.misrouted",
        "OUT_OF_REACH, alarm.unreachable",
        "MIXED_UP, alarm.mixed",
        "POLLS_DENIED, alarm.denied"
    })
    void saysWhatIsWrongWithTheUpstream(Kind kind, String key) {
        when(upstream.trouble()).thenReturn(Optional.of(new Trouble(kind, SINCE, SINCE, "its words")));

        assertThat(alarms.now())
                .containsExactly(new Alarm(
                        "upstream",
                        Blame.UPSTREAM,
                        Message.of(key),
                        Message.of(key + ".advice"),
                        SINCE,
                        "its words",
                        null));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 0, true", "0, 3, 0, true", "2, 1, 2, true", "2, 0, 0, false", "3, 0, 3, false", "0, 0, 9, false"
    })
    void saysThatJobsFailWhenMostOfTheLatestDo(long unavailable, long unconfirmed, long accepted, boolean there) {
        when(statistics.in(Window.HOUR)).thenReturn(hour(counts(unavailable, unconfirmed, accepted)));

        assertThat(ids()).isEqualTo(there ? List.of("failing") : List.of());
    }

    @Test
    void saysHowManyJobsFailedLately() {
        when(statistics.in(Window.HOUR)).thenReturn(hour(counts(1, 0, 0), counts(1, 2, 0)));

        assertThat(only().title()).isEqualTo(Message.of("alarm.failing", 4L, 10));
        assertThat(only().blame()).isEqualTo(Blame.UPSTREAM);
    }

    /** What was ten minutes ago may be over. */
    @Test
    void looksAtTheLatestTenMinutesForJobsThatFail() {
        var slots = new ArrayList<JobCounts>();
        slots.add(counts(5, 0, 0));
        for (int i = 0; i < 10; i++) {
            slots.add(JobCounts.NONE);
        }
        when(statistics.in(Window.HOUR)).thenReturn(hour(slots.toArray(JobCounts[]::new)));

        assertThat(ids()).isEmpty();
    }

    /** It is the same trouble, and the gateway knows its name. */
    @Test
    void doesNotSayThatJobsFailBesideWhatTheUpstreamIsKnownToSufferFrom() {
        when(upstream.trouble()).thenReturn(Optional.of(new Trouble(Kind.OUT_OF_REACH, SINCE, SINCE, "its words")));
        when(statistics.in(Window.HOUR)).thenReturn(hour(counts(9, 0, 0)));

        assertThat(ids()).containsExactly("upstream");
    }

    @Test
    void saysWhoGetsNoVideoForWantOfMoney() {
        when(incidents.open()).thenReturn(List.of(incident(7, null, null)));
        when(jobs.refused(List.of(7L))).thenReturn(Map.of(7L, apps("shop", "blog")));

        assertThat(alarms.now())
                .containsExactly(new Alarm(
                        "quota-7",
                        Blame.BALANCE,
                        Message.of("alarm.quota", "fast", 12L, "shop, blog"),
                        Message.of("alarm.quota.advice"),
                        SINCE,
                        "no money",
                        "/ops/balance"));
    }

    @Test
    void namesFiveAppsAndHintsAtTheOthers() {
        when(incidents.open()).thenReturn(List.of(incident(7, null, null), incident(8, null, null)));
        when(jobs.refused(List.of(7L, 8L)))
                .thenReturn(Map.of(7L, apps("a", "b", "c", "d", "e"), 8L, apps("a", "b", "c", "d", "e", "f")));

        assertThat(alarms.now().stream().map(Alarm::title))
                .containsExactly(
                        Message.of("alarm.quota", "fast", 12L, "a, b, c, d, e"),
                        Message.of("alarm.quota", "fast", 12L, "a, b, c, d, e, …"));
    }

    @Test
    void saysBothSumsOrNone() {
        var left = new BigDecimal("0.71");
        var needed = new BigDecimal("0.80");
        when(incidents.open())
                .thenReturn(List.of(incident(1, left, needed), incident(2, left, null), incident(3, null, needed)));
        when(jobs.refused(any())).thenReturn(Map.of());

        assertThat(alarms.now().stream().map(Alarm::advice))
                .containsExactly(
                        Message.of("alarm.quota.advice.sums", left, needed),
                        Message.of("alarm.quota.advice"),
                        Message.of("alarm.quota.advice"));
    }

    @Test
    void saysHowManyJobsNobodyKnowsOf() {
        when(statistics.waiting()).thenReturn(waiting(2, Duration.ZERO));

        assertThat(alarms.now())
                .containsExactly(new Alarm(
                        Severity.WARNING,
                        "unconfirmed",
                        Blame.UPSTREAM,
                        Message.of("alarm.unconfirmed", 2L),
                        Message.of("alarm.unconfirmed.advice"),
                        SINCE,
                        null,
                        "/ops/jobs?status=unconfirmed"));
    }

    @ParameterizedTest
    @CsvSource({"PT45S, false", "PT45.001S, true", "PT10M, true"})
    void saysThatPollsLagWhenNoReplicaTakesThemOver(Duration overdue, boolean there) {
        when(statistics.waiting()).thenReturn(waiting(0, overdue));

        assertThat(ids()).isEqualTo(there ? List.of("lag") : List.of());
    }

    @Test
    void saysHowManyPollsLagAndForHowLong() {
        when(statistics.waiting()).thenReturn(waiting(0, Duration.ofMinutes(2)));

        assertThat(only().title()).isEqualTo(Message.of("alarm.lag", 4L, Duration.ofMinutes(2)));
        assertThat(only().blame()).isEqualTo(Blame.GATEWAY);
    }

    @Test
    void saysOfHowManyJobsPollsTellNothing() {
        when(stalled.now()).thenReturn(new Stalled.Reading(3, SINCE, List.of()));

        assertThat(alarms.now())
                .containsExactly(new Alarm(
                        "silent",
                        Blame.UPSTREAM,
                        Message.of("alarm.silent", 3L, 15L),
                        Message.of("alarm.silent.advice"),
                        SINCE,
                        null,
                        "/ops/stalled"));
    }

    /** They may stand in a mere queue. */
    @Test
    void mentionsSlowJobsWithoutAnAlarm() {
        var slow = new Slow("task_1", Duration.ofHours(1), Duration.ofMinutes(1));
        when(stalled.now()).thenReturn(new Stalled.Reading(0, null, List.of(slow)));

        assertThat(only().id()).isEqualTo("slow");
        assertThat(only().severity()).isEqualTo(Severity.NOTICE);
        assertThat(only().title()).isEqualTo(Message.of("alarm.slow", 1, 20));
    }

    @ParameterizedTest
    @CsvSource({"STORE, alarm.archive.store", "DISK, alarm.archive.disk"})
    void saysWhyNoFilmCanBeKept(ArchiveWatch.Trouble.Kind kind, String key) {
        when(films.trouble()).thenReturn(Optional.of(new ArchiveWatch.Trouble(kind, SINCE, "its words")));

        assertThat(alarms.now())
                .containsExactly(new Alarm(
                        "archive",
                        Blame.GATEWAY,
                        Message.of(key),
                        Message.of(key + ".advice"),
                        SINCE,
                        "its words",
                        "/ops/jobs?film=waiting"));
        assertThat(alarms.withoutRecord().stream().map(Alarm::id)).containsExactly("record", "archive");
    }

    @Test
    void saysWhenTheFirstLinkOfFilmsThatAreNotKeptEnds() {
        when(films.numbers()).thenReturn(numbers(3, 0, 0));

        assertThat(only().id()).isEqualTo("films-ending");
        assertThat(only().severity()).isEqualTo(Severity.ALARM);
        assertThat(only().blame()).isEqualTo(Blame.GATEWAY);
        assertThat(only().title()).isEqualTo(Message.of("alarm.films.ending", 3L, Duration.ofHours(2)));
        assertThat(only().link()).isEqualTo("/ops/jobs?film=waiting");

        clock.advance(Duration.ofHours(3));
        assertThat(only().title()).isEqualTo(Message.of("alarm.films.ending", 3L, Duration.ZERO));
    }

    @Test
    void saysHowManyFilmsAreLostOrGone() {
        when(films.numbers()).thenReturn(numbers(0, 4, 5));

        assertThat(ids()).containsExactly("films-gone", "films-lost");
        assertThat(alarms.now().stream().map(Alarm::severity)).containsExactly(Severity.ALARM, Severity.WARNING);
        assertThat(alarms.now().stream().map(Alarm::title))
                .containsExactly(Message.of("alarm.films.gone", 5L), Message.of("alarm.films.lost", 4L));
        assertThat(alarms.now().stream().map(Alarm::link)).containsOnly("/ops/jobs?film=missing");
    }

    /** What waits there is nobody's business any more. */
    @Test
    void saysNothingOfFilmsOnceTheArchiveIsSwitchedOff() {
        when(films.areKept()).thenReturn(false);
        when(films.numbers()).thenReturn(numbers(3, 4, 5));

        assertThat(ids()).isEmpty();
    }

    @Test
    void saysTheWorstFirst() {
        when(upstream.trouble()).thenReturn(Optional.of(new Trouble(Kind.KEY_REFUSED, SINCE, SINCE, "its words")));
        when(incidents.open()).thenReturn(List.of(incident(7, null, null)));
        when(jobs.refused(any())).thenReturn(Map.of());
        when(statistics.waiting()).thenReturn(waiting(1, Duration.ofHours(1)));
        var slow = new Slow("task_1", Duration.ofHours(1), Duration.ofMinutes(1));
        when(stalled.now()).thenReturn(new Stalled.Reading(1, SINCE, List.of(slow)));

        assertThat(ids()).containsExactly("upstream", "quota-7", "unconfirmed", "lag", "silent", "slow");
    }

    @Test
    void saysThatTheRecordIsAwayAndWhatIsKnownWithoutIt() {
        when(upstream.trouble()).thenReturn(Optional.of(new Trouble(Kind.KEY_REFUSED, SINCE, SINCE, "its words")));

        assertThat(alarms.withoutRecord().stream().map(Alarm::id)).containsExactly("record", "upstream");
        assertThat(alarms.withoutRecord().getFirst().blame()).isEqualTo(Blame.GATEWAY);
    }

    @Test
    void saysThatTheNumbersTakeTooLong() {
        assertThat(alarms.withoutNumbers())
                .containsExactly(new Alarm(
                        "numbers",
                        Blame.GATEWAY,
                        Message.of("alarm.numbers"),
                        Message.of("alarm.numbers.advice"),
                        null,
                        null,
                        null));
    }

    private List<String> ids() {
        return alarms.now().stream().map(Alarm::id).toList();
    }

    private Alarm only() {
        assertThat(alarms.now()).hasSize(1);
        return alarms.now().getFirst();
    }

    private ArchiveNumbers numbers(long endingSoon, long lost, long gone) {
        var nextEnd = endingSoon == 0 ? null : clock.instant().plus(Duration.ofHours(2));
        return new ArchiveNumbers(9, 900, endingSoon, SINCE, endingSoon, nextEnd, lost, gone);
    }

    private static JobsWaiting waiting(long unconfirmed, Duration overdue) {
        return new JobsWaiting(5, 5, unconfirmed, unconfirmed == 0 ? null : SINCE, 4, overdue);
    }

    private static JobCounts counts(long unavailable, long unconfirmed, long accepted) {
        return new JobCounts(
                Map.of(JobStatus.UNAVAILABLE, unavailable, JobStatus.UNCONFIRMED, unconfirmed), accepted, 0);
    }

    private static JobsInWindow hour(JobCounts... minutes) {
        var slots = new ArrayList<Slot>();
        for (var counts : minutes) {
            slots.add(new Slot(SINCE, counts, Map.of(), Map.of()));
        }
        return new JobsInWindow(SINCE, Window.HOUR.step(), JobCounts.NONE, slots, Map.of(), Map.of(), null, Map.of());
    }

    private static QuotaIncident incident(long id, @Nullable BigDecimal remaining, @Nullable BigDecimal required) {
        return new QuotaIncident(id, "fast", SINCE, null, 12, "no money", remaining, required);
    }

    private static Map<String, Long> apps(String... names) {
        var apps = new LinkedHashMap<String, Long>();
        for (var name : names) {
            apps.put(name, 1L);
        }
        return apps;
    }

    @Test
    void namesTheModelsOfWhichJobsHadNoPrice() {
        when(unpriced.now()).thenReturn(List.of("new-model", "other-model"));

        assertThat(alarms.now())
                .filteredOn(alarm -> alarm.id().equals("unpriced"))
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm.severity()).isEqualTo(Severity.NOTICE);
                    assertThat(alarm.title().values()).containsExactly("new-model, other-model");
                });
    }
}
