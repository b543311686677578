package io.reelgate.billing.charge;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.MutableClock;
import io.reelgate.billing.BillingFixture;
import io.reelgate.billing.Money;
import io.reelgate.job.Attempt;
import io.reelgate.job.Estimate;
import io.reelgate.job.EventKind;
import io.reelgate.job.JobError;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobId;
import io.reelgate.job.NewJob;
import io.reelgate.job.OwnDatabase;
import io.reelgate.job.Transition;
import io.reelgate.job.VideoResult;
import io.reelgate.job.store.JobMetrics;
import io.reelgate.job.store.JobTransitions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to jobs, and however often and late, the sum of a job's charges is what its state says. */
class ChargesTests {

    private static final Instant NOON = Instant.parse("2026-11-28T04:00:00Z");
    private static final Estimate ESTIMATE = new Estimate(108_900, new BigDecimal("46"), "CNY");
    private static final BigDecimal ESTIMATED = new BigDecimal("5.009400");

    private static OwnDatabase database;
    private static BillingFixture billing;
    private static JobTransitions transitions;

    private static final MutableClock clock = new MutableClock(NOON);
    private static final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
        billing = new BillingFixture(database, clock, meters);
        transitions = new JobTransitions(
                database.jdbc,
                database.timeline,
                new JobMetrics(meters),
                List.of(billing.charges),
                database.transaction);
    }

    @AfterAll
    static void stop() {
        transitions.destroy();
        database.close();
    }

    @BeforeEach
    void emptyTheRecord() {
        database.jdbc
                .sql("truncate video_job, charge, spend_day, spend_total cascade")
                .update();
        clock.set(NOON);
    }

    @Test
    void aFilmIsChargedByItsTokensAtThePriceItWasSentAt() {
        var job = sent(ESTIMATE);
        accepted(job);
        var before = spend();

        apply(succeeded(job, 48_437L));

        assertThat(charges(job)).containsExactly("usage 48437 2.228102 0 0 2026-11-28");
        assertThat(spend() - before).isCloseTo(2.228102, within(1e-9));
    }

    @Test
    void aFilmWithoutAWordOfItsTokensIsChargedByItsEstimate() {
        var job = sent(ESTIMATE);
        accepted(job);

        apply(succeeded(job, null));

        assertThat(charges(job)).containsExactly("estimate 108900 0 5.009400 0 2026-11-28");
    }

    @Test
    void whatBoughtNothingIsNotCharged() {
        var rejected = sent(ESTIMATE);
        var failed = sent(ESTIMATE);
        accepted(failed);

        apply(new Transition.Rejected(
                rejected.attempt(), new JobError("insufficient_quota", "x"), null, event(EventKind.REJECTED)));
        apply(failed(failed, "OutputVideoSensitiveContentDetected"));

        assertThat(charges(rejected)).isEmpty();
        assertThat(charges(failed)).isEmpty();
    }

    @Test
    void whatIsFollowedAgainIsTakenBackAndChargedAtItsEndOnTheDayItWasSent() {
        var job = sent(ESTIMATE);
        apply(unconfirmed(job));
        apply(givenUp(job));
        clock.set(NOON.plus(Duration.ofDays(3)));

        apply(attached(job, "late"));
        assertThat(sum(job).isNothing()).isTrue();
        apply(succeeded(job, 50_638L));

        assertThat(charges(job))
                .containsExactly(
                        "possibly_spent 0 0 0 5.009400 2026-11-28",
                        "taken_back 0 0 0 -5.009400 2026-11-28",
                        "usage 50638 2.329348 0 0 2026-11-28");
    }

    @Test
    void aJobWithoutAPriceCountsAndItsAmountIsUnknown() {
        var job = sent(new Estimate(108_900, null, null));
        accepted(job);

        apply(succeeded(job, 48_437L));

        var sums = sum(job);
        assertThat(sums.jobs()).isEqualTo(1);
        assertThat(sums.unpriced()).isEqualTo(1);
        assertThat(sums.tokens()).isEqualTo(48_437);
        assertThat(sums.amount()).isEqualByComparingTo("0");
    }

    @Test
    void aJobOfTheReleaseBeforeIsChargedWithoutAPrice() {
        var job = sent(null);
        accepted(job);

        apply(succeeded(job, 48_437L));

        assertThat(sum(job).unpriced()).isEqualTo(1);
    }

    @Test
    void opsSayWhatAJobCameToWithANote() {
        var job = sent(ESTIMATE);
        accepted(job);
        apply(expired(job));

        assertThat(billing.corrections.correct(job.id(), new BigDecimal("3.5"), "as on the bill", "ops"))
                .isTrue();
        assertThat(billing.corrections.correct(job.id(), new BigDecimal("3.5"), "as on the bill", "ops"))
                .isTrue();

        assertThat(charges(job))
                .containsExactly(
                        "possibly_spent 0 0 0 5.009400 2026-11-28", "ops 108900 3.500000 0 -5.009400 2026-11-28");
        assertThat(database.timeline.of(job.id()).getLast().detail())
                .containsEntry("note", "as on the bill")
                .containsEntry("amount", "3.5");
    }

    @Test
    void opsCanSayNothingOfAJobThatHasNotEnded() {
        var job = sent(ESTIMATE);

        assertThat(billing.corrections.correct(job.id(), BigDecimal.ONE, null, "ops"))
                .isFalse();
        assertThat(billing.corrections.correct("task_none", BigDecimal.ONE, null, "ops"))
                .isFalse();

        assertThat(charges(job)).isEmpty();
    }

    @Test
    void aChargeOutlivesItsJob() {
        var job = sent(ESTIMATE);
        accepted(job);
        apply(succeeded(job, 48_437L));

        database.jdbc.sql("delete from video_job").update();

        assertThat(charges(job)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theSumOfAJobsChargesIsWhatItsStateSaysForAnyOrderOfTransitions(long seed) {
        var random = new Random(seed);
        var jobs = IntStream.range(0, 8)
                .mapToObj(i -> sent(i == 7 ? null : i == 6 ? new Estimate(7, null, null) : ESTIMATE))
                .toList();
        for (int step = 0; step < 60; step++) {
            step(jobs, random);
            var expected = expected();
            jobs.forEach(job -> assertThat(sum(job))
                    .as("seed %d, job %s", seed, job.id())
                    .usingRecursiveComparison()
                    .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .isEqualTo(expected.get(job.id())));
        }
    }

    /** Something happens to some of them, perhaps twice, perhaps to one that it cannot happen to, perhaps days later. */
    private static void step(List<NewJob> jobs, Random random) {
        if (random.nextInt(10) == 0) {
            clock.set(clock.instant().plus(Duration.ofHours(random.nextInt(30))));
            billing.closedDays.make();
        }
        if (random.nextInt(6) == 0) {
            var amount = Money.of(random.nextInt(1_000_000), BigDecimal.TEN);
            billing.corrections.correct(jobs.get(random.nextInt(jobs.size())).id(), amount, null, "ops");
            return;
        }
        var changes = new ArrayList<Transition>();
        for (var job : jobs) {
            if (random.nextInt(3) == 0) {
                changes.add(change(job, random));
            }
        }
        transitions.apply(changes);
        forgetTickets();
        if (random.nextBoolean()) {
            transitions.apply(changes);
            forgetTickets();
        }
    }

    /** As the poller does with a job that has ended. */
    private static void forgetTickets() {
        database.jdbc.sql("""
                        delete from poll_ticket where job_id in (
                          select id from video_job where status not in ('queued', 'in_progress'))
                        """).update();
    }

    private static Transition change(NewJob job, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> acceptance(job);
            case 1 -> unconfirmed(job);
            case 2 -> givenUp(job);
            case 3 -> new Transition.Lost(job.id(), new JobError("submission_lost", "x"), event(EventKind.LOST));
            case 4 -> new Transition.Started(job.id(), event(EventKind.STARTED));
            case 5 -> random.nextInt(3) == 0 ? succeeded(job, 1_000L + random.nextInt(99_000)) : expired(job);
            case 6 -> random.nextInt(3) == 0 ? succeeded(job, null) : failed(job, "task_lost");
            case 7 -> random.nextInt(3) == 0 ? failed(job, "OutputVideoSensitive") : failed(job, "task_lost");
            case 8 -> expired(job);
            case 9 -> attached(job, "up_" + job.id());
            case 10 -> new Transition.Reopened(job.id(), event(EventKind.REOPENED));
            default ->
                random.nextInt(4) == 0
                        ? new Transition.Rejected(
                                job.attempt(), new JobError("bad", "x"), null, event(EventKind.REJECTED))
                        : acceptance(job);
        };
    }

    /** What each job's state says, told apart from the code that books it. */
    private static Map<String, Sums> expected() {
        return database
                .jdbc
                .sql("""
                        select id, status, error_code, completion_tokens, price_per_million, estimated_tokens, corrected_amount
                        from video_job
                        """)
                .query((row, _) -> {
                    var state = row.getString(2)
                            + (List.of("task_lost", "submission_unconfirmed").contains(row.getString(3) + "")
                                    ? " in doubt"
                                    : "");
                    var usage = row.getObject(4, Long.class);
                    var price = row.getBigDecimal(5);
                    var estimate = row.getObject(6, Long.class);
                    return Map.entry(row.getString(1), sums(state, usage, price, estimate, row.getBigDecimal(7)));
                })
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Sums sums(
            String state,
            @Nullable Long usage,
            @Nullable BigDecimal price,
            @Nullable Long estimate,
            @Nullable BigDecimal corrected) {
        var zero = BigDecimal.ZERO;
        boolean possibly = state.equals("expired") || state.equals("failed in doubt");
        boolean film = state.equals("succeeded");
        if (corrected != null) {
            long tokens = corrected.signum() == 0 || estimate == null ? 0 : usage != null ? usage : estimate;
            return new Sums(1, 0, tokens, corrected, zero, zero);
        }
        if (!film && !possibly) {
            return Sums.NONE;
        }
        long tokens = possibly ? 0 : usage != null ? usage : estimate == null ? 0 : estimate;
        if (price == null) {
            return new Sums(1, 1, tokens, zero, zero, zero);
        }
        if (possibly) {
            return new Sums(1, 0, 0, zero, zero, ESTIMATED);
        }
        var amount = price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
        return usage == null ? new Sums(1, 0, tokens, zero, amount, zero) : new Sums(1, 0, tokens, amount, zero, zero);
    }

    private static Sums sum(NewJob job) {
        return database.jdbc
                .sql("select " + ChargedJob.COLUMNS + " from video_job job" + ChargedJob.CHARGED + " where job.id = ?")
                .param(job.id())
                .query((row, _) -> ChargedJob.of(row).charged())
                .single();
    }

    private static List<String> charges(NewJob job) {
        return billing.table.of(job.id(), 10).stream()
                .map(one -> "%s %d %s %s %s %s"
                        .formatted(
                                one.basis(),
                                one.tokens(),
                                Money.text(one.settled()),
                                Money.text(one.estimated()),
                                Money.text(one.possiblySpent()),
                                one.day()))
                .toList();
    }

    private static double spend() {
        return meters.counter("reelgate.spend", "app", "shop", "model", "fast").count();
    }

    private static NewJob sent(@Nullable Estimate estimate) {
        var job = new NewJob(
                JobId.next(clock.instant()),
                "shop",
                "fast",
                "kite",
                "{}",
                null,
                null,
                null,
                clock.instant(),
                1,
                null,
                estimate);
        database.store.intend(job);
        return job;
    }

    private static void apply(Transition transition) {
        assertThat(transitions.apply(transition)).isPresent();
    }

    private static void accepted(NewJob job) {
        apply(acceptance(job));
    }

    private static Transition acceptance(NewJob job) {
        return new Transition.Accepted(job.attempt(), "up_" + job.id(), Duration.ZERO, null, event(EventKind.ACCEPTED));
    }

    private static Transition succeeded(NewJob job, @Nullable Long tokens) {
        return new Transition.Succeeded(
                job.id(), new VideoResult(null, null, tokens, tokens), null, event(EventKind.SUCCEEDED));
    }

    private static Transition failed(NewJob job, String code) {
        return new Transition.Failed(job.id(), 0, new JobError(code, "x"), null, event(EventKind.FAILED));
    }

    private static Transition expired(NewJob job) {
        return new Transition.Expired(job.id(), 0, new JobError("expired", "x"), event(EventKind.EXPIRED));
    }

    private static Transition unconfirmed(NewJob job) {
        return new Transition.Unconfirmed(
                attempt(job), new JobError("outcome_unknown", "x"), event(EventKind.UNCONFIRMED));
    }

    private static Transition givenUp(NewJob job) {
        return new Transition.GivenUp(
                attempt(job), new JobError("submission_unconfirmed", "x"), event(EventKind.FAILED));
    }

    private static Transition attached(NewJob job, String task) {
        return new Transition.Attached(job.id(), task, 1, event(EventKind.ATTACHED));
    }

    private static Attempt attempt(NewJob job) {
        return job.attempt();
    }

    private static JobEvent event(EventKind kind) {
        return JobEvent.of(kind, clock.instant());
    }
}
