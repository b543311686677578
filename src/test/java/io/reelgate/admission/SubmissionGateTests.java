package io.reelgate.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.reelgate.MutableClock;
import io.reelgate.admission.Admission.Candidate;
import io.reelgate.admission.AdmissionDecision.Admitted;
import io.reelgate.admission.AdmissionDecision.Reason;
import io.reelgate.admission.AdmissionDecision.Refused;
import io.reelgate.admission.lane.HoldProperties;
import io.reelgate.admission.lane.Lanes;
import io.reelgate.apps.AppSettings;
import io.reelgate.job.OwnDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Whether a job may go: the pause, and each app's jobs per minute. */
class SubmissionGateTests {

    private static OwnDatabase database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        database = new OwnDatabase();
        jdbc = database.jdbc;
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private final MutableClock clock = new MutableClock();

    @BeforeEach
    void release() {
        jdbc.sql("update gateway_pause set paused = false, note = null, changed_by = null, changed_at = null")
                .update();
        jdbc.sql("delete from app_minute").update();
    }

    @Test
    void admitsAllByDefault() {
        var brake = brake(null);

        assertThat(brake.admit(new Candidate("shop", 1, "fast", false))).isEqualTo(new Admitted());
        assertThat(brake.state()).isEqualTo(new SubmissionGate.State(false, null, null, null));
        assertThat(counted()).isZero();
    }

    @Test
    void turnsSubmissionsAwayWhilePaused() {
        var brake = brake(null);

        var state = brake.pause(true, "balance is\nlow\u0000", "ops");

        assertThat(state.note()).isEqualTo("balance is low");
        assertThat(state.changedBy()).isEqualTo("ops");
        assertThat(state.changedAt()).isNotNull();
        assertThat(brake.admit(new Candidate("shop", 1, "fast", false)))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.PAUSED);
                    assertThat(refused.message()).contains("balance is low");
                    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                });

        brake.pause(false, " ", "ops");
        assertThat(brake.admit(new Candidate("shop", 1, "fast", false))).isEqualTo(new Admitted());
        assertThat(brake.state().note()).isNull();
    }

    @Test
    void holdsForAnotherReplicaFromItsNextRefresh() {
        var here = brake(null);
        var there = brake(null);
        there.refresh();

        here.pause(true, null, "ops");
        there.refresh();

        assertThat(there.admit(new Candidate("shop", 1, "fast", false))).isInstanceOf(Refused.class);
        here.pause(false, null, "ops");
        there.refresh();
        assertThat(there.admit(new Candidate("shop", 1, "fast", false))).isEqualTo(new Admitted());
    }

    @Test
    void holdsForAReplicaThatStartsLater() {
        brake(null).pause(true, null, "ops");

        assertThat(brake(null).admit(new Candidate("shop", 1, "fast", false))).isInstanceOf(Refused.class);
    }

    @Test
    void keepsTheLastKnownStateWhileTheDatabaseIsAway() {
        var brake = brake(null);
        brake.pause(true, null, "ops");

        jdbc.sql("alter table gateway_pause rename to gateway_pause_away").update();
        try {
            assertThatNoException().isThrownBy(brake::refresh);
            assertThat(brake.admit(new Candidate("shop", 1, "fast", false))).isInstanceOf(Refused.class);
        } finally {
            jdbc.sql("alter table gateway_pause_away rename to gateway_pause").update();
        }
    }

    @Test
    void asksTheDatabaseNothingToAdmit() {
        var brake = brake(null);
        brake.refresh();

        jdbc.sql("alter table gateway_pause rename to gateway_pause_away").update();
        try {
            assertThat(brake.admit(new Candidate("shop", 1, "fast", false))).isEqualTo(new Admitted());
        } finally {
            jdbc.sql("alter table gateway_pause_away rename to gateway_pause").update();
        }
    }

    @Test
    void admitsExactlyTheLimitOverAllReplicasAtOnce() {
        withinOneMinute(() -> {
            var replicas = List.of(brake(7), brake(7));

            assertThat(admittedAtOnce(50, replicas, "shop")).isEqualTo(7);
            assertThat(admittedAtOnce(1, replicas, "other")).as("another app").isEqualTo(1);
        });
    }

    @Test
    void goesByTheAppsOwnLimitIfItHasOne() {
        withinOneMinute(() -> {
            var limits = new HashMap<>(Map.of("shop", limit(2), "adverts", limit(null)));
            var quota = new MinuteQuota(jdbc, clock, new RateProperties(1), () -> limits);

            assertThat(quota.take("shop")).isEqualTo(new Admitted());
            assertThat(quota.take("shop")).isEqualTo(new Admitted());
            assertThat(quota.take("shop"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.message()).contains("2 jobs a minute"));
            assertThat(quota.take("adverts")).isEqualTo(new Admitted());
            assertThat(quota.take("adverts")).as("the gateway's limit").isInstanceOf(Refused.class);

            limits.put("shop", limit(3));
            assertThat(quota.take("shop")).as("raised within the minute").isEqualTo(new Admitted());
            assertThat(quota.take("shop")).isInstanceOf(Refused.class);
        });
    }

    private static AppSettings limit(@Nullable Integer jobsPerMinute) {
        return new AppSettings(null, List.of(), jobsPerMinute, null, null, null);
    }

    @Test
    void saysWhenTheNextMinuteBegins() {
        withinOneMinute(() -> {
            var brake = brake(1);
            brake.admit(new Candidate("shop", 1, "fast", false));

            for (var i = 0; i < 2; i++) {
                assertThat(brake.admit(new Candidate("shop", 1, "fast", false)))
                        .isInstanceOfSatisfying(Refused.class, refused -> {
                            assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
                            assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
                        });
            }
        });
    }

    @Test
    void beginsAnewWithEachMinute() {
        withinOneMinute(() -> {
            var brake = brake(1);
            brake.admit(new Candidate("shop", 1, "fast", false));
            assertThat(brake.admit(new Candidate("shop", 1, "fast", false))).isInstanceOf(Refused.class);

            jdbc.sql("update app_minute set minute = minute - interval '1 minute'")
                    .update();
            assertThat(brake.admit(new Candidate("shop", 1, "fast", false)))
                    .as("remembered without a query")
                    .isInstanceOf(Refused.class);
            clock.advance(Duration.ofMinutes(1));

            assertThat(brake.admit(new Candidate("shop", 1, "fast", false))).isEqualTo(new Admitted());
        });
    }

    @Test
    void forgetsMinutesThatAreOver() {
        var quota = quota(5);
        quota.take("shop");
        jdbc.sql("insert into app_minute values ('shop', now() - interval '6 minutes', 5)")
                .update();

        quota.sweep();

        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void isUpInHealthEvenWhenPaused() {
        var brake = brake(null);
        brake.pause(true, "night", "ops");

        var health = new PauseHealthIndicator(brake).health();

        assertThat(health).isNotNull();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("paused", true)
                .containsEntry("note", "night")
                .containsEntry("by", "ops")
                .containsKey("since");
    }

    /** How many of these simultaneous calls, dealt out to the replicas, were admitted. */
    private static long admittedAtOnce(int calls, List<SubmissionGate> replicas, String app) {
        var together = new CyclicBarrier(calls);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, calls)
                    .mapToObj(call -> threads.submit(() -> {
                        together.await();
                        return isAdmitted(replicas.get(call % replicas.size()), app);
                    }))
                    .toList();
            return answers.stream().filter(SubmissionGateTests::result).count();
        }
    }

    private static boolean isAdmitted(SubmissionGate brake, String app) {
        return brake.admit(new Candidate(app, 1, "fast", false)) instanceof Admitted;
    }

    private static boolean result(Future<Boolean> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The counts are by the database's minute; a test that a new one began in the middle of proves nothing and runs again. */
    private void withinOneMinute(Runnable test) {
        while (true) {
            var began = minute();
            try {
                test.run();
                return;
            } catch (AssertionError e) {
                if (minute().equals(began)) {
                    throw e;
                }
                release();
            }
        }
    }

    private String minute() {
        return jdbc.sql("select date_trunc('minute', now())::text")
                .query(String.class)
                .single();
    }

    private long counted() {
        return jdbc.sql("select count(*) from app_minute").query(Long.class).single();
    }

    private SubmissionGate brake(@Nullable Integer jobsPerMinute) {
        return new SubmissionGate(jdbc, quota(jobsPerMinute), lanes());
    }

    private static Lanes lanes() {
        return new Lanes(
                jdbc,
                new HoldProperties(
                        false,
                        Duration.ofHours(24),
                        DataSize.ofMegabytes(16),
                        DataSize.ofGigabytes(2),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10)));
    }

    private MinuteQuota quota(@Nullable Integer jobsPerMinute) {
        return new MinuteQuota(jdbc, clock, new RateProperties(jobsPerMinute), Map::of);
    }

    @Test
    void takesNoLimitThatWouldAdmitNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                .withUserConfiguration(Limited.class)
                .withPropertyValues("reelgate.access.jobs-per-minute=0")
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining("must be at least 1"));
    }

    @EnableConfigurationProperties(RateProperties.class)
    static class Limited {}
}
