package io.reelgate.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.reelgate.security.AccessTest;
import io.reelgate.security.TurnedClock;
import io.reelgate.web.AppError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

@AccessTest
class SubmissionGateTests {

    @Autowired
    JdbcClient jdbc;

    private final TurnedClock clock = new TurnedClock();

    @BeforeEach
    void release() {
        jdbc.sql("update gateway_pause set paused = false, note = null, changed_by = null, changed_at = null")
                .update();
        jdbc.sql("delete from app_minute").update();
    }

    @Test
    void admitsAllByDefault() {
        var brake = brake(null);

        assertThatNoException().isThrownBy(() -> brake.admit("shop"));
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
        assertThatExceptionOfType(AppError.class)
                .isThrownBy(() -> brake.admit("shop"))
                .withMessageContaining("balance is low")
                .satisfies(error -> {
                    assertThat(error.status().value()).isEqualTo(503);
                    assertThat(error.code()).isEqualTo("paused");
                    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                });

        brake.pause(false, " ", "ops");
        assertThatNoException().isThrownBy(() -> brake.admit("shop"));
        assertThat(brake.state().note()).isNull();
    }

    @Test
    void holdsForAnotherReplicaFromItsNextRefresh() {
        var here = brake(null);
        var there = brake(null);
        there.refresh();

        here.pause(true, null, "ops");
        there.refresh();

        assertThatExceptionOfType(AppError.class).isThrownBy(() -> there.admit("shop"));
        here.pause(false, null, "ops");
        there.refresh();
        assertThatNoException().isThrownBy(() -> there.admit("shop"));
    }

    @Test
    void holdsForAReplicaThatStartsLater() {
        brake(null).pause(true, null, "ops");

        assertThatExceptionOfType(AppError.class).isThrownBy(() -> brake(null).admit("shop"));
    }

    @Test
    void keepsTheLastKnownStateWhileTheDatabaseIsAway() {
        var brake = brake(null);
        brake.pause(true, null, "ops");

        jdbc.sql("alter table gateway_pause rename to gateway_pause_away").update();
        try {
            assertThatNoException().isThrownBy(brake::refresh);
            assertThatExceptionOfType(AppError.class).isThrownBy(() -> brake.admit("shop"));
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
            assertThatNoException().isThrownBy(() -> brake.admit("shop"));
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
    void saysWhenTheNextMinuteBegins() {
        withinOneMinute(() -> {
            var brake = brake(1);
            brake.admit("shop");

            for (var i = 0; i < 2; i++) {
                assertThatExceptionOfType(AppError.class)
                        .isThrownBy(() -> brake.admit("shop"))
                        .satisfies(error -> {
                            assertThat(error.status().value()).isEqualTo(429);
                            assertThat(error.code()).isEqualTo("rate_limited");
                            assertThat(error.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
                        });
            }
        });
    }

    @Test
    void beginsAnewWithEachMinute() {
        withinOneMinute(() -> {
            var brake = brake(1);
            brake.admit("shop");
            assertThatExceptionOfType(AppError.class).isThrownBy(() -> brake.admit("shop"));

            jdbc.sql("update app_minute set minute = minute - interval '1 minute'")
                    .update();
            assertThatExceptionOfType(AppError.class)
                    .as("remembered without a query")
                    .isThrownBy(() -> brake.admit("shop"));
            clock.turn(Duration.ofMinutes(1));

            assertThatNoException().isThrownBy(() -> brake.admit("shop"));
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
        try {
            brake.admit(app);
            return true;
        } catch (AppError _) {
            return false;
        }
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
            } catch (AssertionError | AppError e) {
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
        return new SubmissionGate(jdbc, quota(jobsPerMinute));
    }

    private MinuteQuota quota(@Nullable Integer jobsPerMinute) {
        return new MinuteQuota(jdbc, clock, new RateProperties(jobsPerMinute));
    }
}
