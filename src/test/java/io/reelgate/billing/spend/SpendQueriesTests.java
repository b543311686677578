package io.reelgate.billing.spend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reelgate.MutableClock;
import io.reelgate.billing.BillingFixture;
import io.reelgate.billing.Money;
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
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spend is the sum of the charges and of what is in flight, whether totals are kept or not. */
class SpendQueriesTests {

    /** Noon of the 28th in Shanghai. */
    private static final Instant NOON = Instant.parse("2026-11-28T04:00:00Z");

    private static final Estimate ESTIMATE = new Estimate(100_000, new BigDecimal("46"), "CNY");
    private static final SpendRange NOVEMBER = new SpendRange(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30));

    private static final MutableClock clock = new MutableClock(NOON);

    private static OwnDatabase database;
    private static BillingFixture billing;
    private static JobTransitions transitions;
    private static SpendQueries spend;

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
        var meters = new SimpleMeterRegistry();
        billing = new BillingFixture(database, clock, meters);
        transitions = new JobTransitions(
                database.jdbc,
                database.timeline,
                new JobMetrics(meters),
                List.of(billing.charges),
                database.transaction);
        spend = new SpendQueries(database.jdbc, billing.days, billing.prices);
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
    void addsUpWhatIsSettledWhatIsInFlightAndWhatMayBeSpent() {
        aDay();

        var byApp = spend.spent(NOVEMBER, SpendBy.APP);

        assertThat(lines(byApp))
                .containsExactly(
                        "shop 3 jobs 150000 tokens: 2.300000 + 4.600000, perhaps 4.600000",
                        "blog 2 jobs 100000 tokens: 0 + 4.600000, perhaps 4.600000");
        assertThat(line(byApp.total())).isEqualTo(" 5 jobs 250000 tokens: 2.300000 + 9.200000, perhaps 9.200000");
        assertThat(byApp.total().amount()).isEqualByComparingTo("11.5");
    }

    @Test
    void comesToTheSameByAppByModelAndByDayAndFromTotals() {
        aDay();
        clock.set(NOON.minus(Duration.ofDays(3)));
        aDay();
        clock.set(NOON);
        var total = line(spend.spent(NOVEMBER, SpendBy.DAY).total());
        var byDay = lines(spend.spent(NOVEMBER, SpendBy.DAY));

        assertThat(billing.closedDays.make()).isEqualTo(1);

        for (var by : SpendBy.values()) {
            var now = spend.spent(NOVEMBER, by);
            assertThat(line(now.total())).isEqualTo(total);
            assertThat(line(now.items().stream().reduce(SpendLine.NOTHING, SpendLine::plus)))
                    .isEqualTo(total);
        }
        assertThat(lines(spend.spent(NOVEMBER, SpendBy.DAY))).isEqualTo(byDay).hasSize(2);
        assertThat(byDay.getFirst()).startsWith("2026-11-25 5 jobs");
    }

    @Test
    void aLateChargeTakesTheTotalsOfItsDayAwayAndTheyAreMadeAnew() {
        clock.set(NOON.minus(Duration.ofDays(3)));
        var late = sent("shop", "fast", ESTIMATE);
        accepted(late);
        var other = sent("shop", "fast", ESTIMATE);
        accepted(other);
        apply(succeeded(other, 50_000L));
        clock.set(NOON);
        billing.closedDays.make();
        assertThat(made()).isEqualTo(1);

        apply(succeeded(late, 10_000L));

        assertThat(made()).isZero();
        assertThat(lines(spend.spent(NOVEMBER, SpendBy.DAY)))
                .containsExactly("2026-11-25 2 jobs 60000 tokens: 2.760000 + 0, perhaps 0");
        assertThat(billing.closedDays.make()).isEqualTo(1);
        assertThat(lines(spend.spent(NOVEMBER, SpendBy.DAY)))
                .containsExactly("2026-11-25 2 jobs 60000 tokens: 2.760000 + 0, perhaps 0");
    }

    @Test
    void keepsNoTotalsOfADayThatGoesOnOrHasJustEnded() {
        clock.set(Instant.parse("2026-11-27T15:00:00Z"));
        aDay();

        clock.set(Instant.parse("2026-11-27T15:59:00Z"));
        assertThat(billing.closedDays.make()).isZero();
        clock.set(Instant.parse("2026-11-27T16:05:00Z"));
        assertThat(billing.closedDays.make()).isZero();
        clock.set(Instant.parse("2026-11-27T16:16:00Z"));
        assertThat(billing.closedDays.make()).isEqualTo(1);
        assertThat(billing.closedDays.make()).isZero();
    }

    @Test
    void aDayBeginsAtMidnightOfTheZone() {
        clock.set(Instant.parse("2026-11-27T15:59:59Z"));
        sent("shop", "fast", ESTIMATE);
        clock.set(Instant.parse("2026-11-27T16:00:00Z"));
        sent("shop", "fast", ESTIMATE);

        assertThat(spend.spent(NOVEMBER, SpendBy.DAY).items())
                .extracting(SpendLine::key)
                .containsExactly("2026-11-27", "2026-11-28");
        var one = new SpendRange(LocalDate.of(2026, 11, 28), LocalDate.of(2026, 11, 28));
        assertThat(spend.spent(one, SpendBy.APP).total().jobs()).isEqualTo(1);
    }

    @Test
    void whatHasNoPriceIsUnknownAndNotNothing() {
        accepted(sent("shop", "new-model", new Estimate(100_000, null, null)));
        apply(succeeded(acceptedOne("shop", "new-model", null), 7_000L));

        var line = spend.spent(NOVEMBER, SpendBy.MODEL).items().getFirst();

        assertThat(line.jobs()).isEqualTo(2);
        assertThat(line.unpriced()).isEqualTo(2);
        assertThat(line.tokens()).isEqualTo(107_000);
        assertThat(line.amount()).isNull();
        assertThat(line.known(line.settled())).isNull();
        assertThat(spend.unpriced(NOVEMBER, 10)).containsExactly("new-model");
    }

    @Test
    void tellsAnAppWhatItSpentByDayAndModelAndNothingOfOthers() {
        aDay();
        sent("shop", "pro", ESTIMATE);

        var lines = spend.ofApp("shop", NOVEMBER, 10);

        assertThat(lines)
                .extracting(one -> one.day() + " " + one.model() + line(one.spent()))
                .containsExactly(
                        "2026-11-28 fast 3 jobs 150000 tokens: 2.300000 + 4.600000, perhaps 4.600000",
                        "2026-11-28 pro 1 jobs 100000 tokens: 0 + 4.600000, perhaps 0");
        assertThat(spend.ofApp("nobody", NOVEMBER, 10)).isEmpty();
    }

    @Test
    void sumsUpWhatHasNoLineOfItsOwn() {
        IntStream.range(0, 5).forEach(i -> sent("app-" + i, "fast", ESTIMATE));

        var first = spend.spent(NOVEMBER, SpendBy.APP).first(2);

        assertThat(first.items()).extracting(SpendLine::key).containsExactly("app-0", "app-1", Spend.OTHERS);
        assertThat(line(first.items().getLast())).endsWith(" 3 jobs 300000 tokens: 0 + 13.800000, perhaps 0");
    }

    @Test
    void leavesAmountsOfAnotherCurrencyOut() {
        sent("shop", "fast", new Estimate(100_000, new BigDecimal("6"), "USD"));

        assertThat(spend.spent(NOVEMBER, SpendBy.APP).items()).isEmpty();
    }

    /** Of the shop: a film, a job in flight, one that expired; of the blog: one in flight, one unconfirmed; and a refusal. */
    private static void aDay() {
        apply(succeeded(acceptedOne("shop", "fast", ESTIMATE), 50_000L));
        acceptedOne("shop", "fast", ESTIMATE);
        var expired = acceptedOne("shop", "fast", ESTIMATE);
        apply(new Transition.Expired(expired.id(), 0, new JobError("expired", "x"), event(EventKind.EXPIRED)));
        acceptedOne("blog", "fast", ESTIMATE);
        var unconfirmed = sent("blog", "fast", ESTIMATE);
        apply(new Transition.Unconfirmed(
                unconfirmed.attempt(), new JobError("outcome_unknown", "x"), event(EventKind.UNCONFIRMED)));
        var refused = sent("blog", "fast", ESTIMATE);
        apply(new Transition.Rejected(refused.attempt(), new JobError("bad", "x"), null, event(EventKind.REJECTED)));
    }

    private static long made() {
        return database.jdbc
                .sql("select count(*) from spend_total")
                .query(Long.class)
                .single();
    }

    private static List<String> lines(Spend spend) {
        return spend.items().stream().map(SpendQueriesTests::line).toList();
    }

    private static String line(SpendLine line) {
        return "%s %d jobs %d tokens: %s + %s, perhaps %s"
                .formatted(
                        line.key(),
                        line.jobs(),
                        line.tokens(),
                        Money.text(line.settled()),
                        Money.text(line.estimated()),
                        Money.text(line.possiblySpent()));
    }

    private static NewJob acceptedOne(String app, String model, @Nullable Estimate estimate) {
        var job = sent(app, model, estimate);
        accepted(job);
        return job;
    }

    private static NewJob sent(String app, String model, @Nullable Estimate estimate) {
        var now = clock.instant();
        var job = new NewJob(JobId.next(now), app, model, "kite", "{}", null, null, null, now, 1, null, estimate);
        database.store.intend(job);
        return job;
    }

    private static void accepted(NewJob job) {
        apply(new Transition.Accepted(job.attempt(), "up_" + job.id(), Duration.ZERO, null, event(EventKind.ACCEPTED)));
    }

    private static Transition succeeded(NewJob job, @Nullable Long tokens) {
        return new Transition.Succeeded(
                job.id(), new VideoResult(null, null, tokens, tokens), null, event(EventKind.SUCCEEDED));
    }

    private static void apply(Transition transition) {
        assertThat(transitions.apply(transition)).isPresent();
    }

    private static JobEvent event(EventKind kind) {
        return JobEvent.of(kind, clock.instant());
    }
}
