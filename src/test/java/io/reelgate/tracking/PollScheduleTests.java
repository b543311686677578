package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reelgate.job.stats.PastJobs;
import io.reelgate.job.stats.PastJobs.Kind;
import io.reelgate.job.stats.PastJobs.Pace;
import io.reelgate.job.store.PollTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class PollScheduleTests {

    static final Duration MIN = Duration.ofSeconds(5);
    static final Duration MAX = Duration.ofSeconds(8);
    static final Duration AT_ONCE = Duration.ZERO;
    static final String JOB = "task_01a212b20a007435b0e4fa961237cfff";
    static final String SAMPLE = "task_01a212b20a007435b0e4fa961237c000";

    final PastJobs past = mock(PastJobs.class);
    final CompletionEstimates estimates = new CompletionEstimates(past);
    final PollSchedule schedule = new PollSchedule(
            new TrackingProperties(
                    MIN, MAX, 64, Duration.ofSeconds(30), Duration.ofHours(24), Duration.ofMinutes(2), 5),
            estimates);

    @BeforeEach
    void learn() {
        when(past.paces(anyInt(), anyInt(), anyInt()))
                .thenReturn(Map.of(
                        new Kind("known", "5", "1280x720"), pace(Duration.ofSeconds(40)),
                        new Kind("known", "1", "1280x720"), pace(Duration.ofSeconds(9)),
                        new Kind("known", "99", "1280x720"), pace(Duration.ofHours(2))));
        estimates.refresh();
    }

    @RepeatedTest(20)
    void asksFirstShortlyBeforeOthersOfItsKindBeganToEnd() {
        assertThat(schedule.after(JOB, "known", "5", "1280x720"))
                .isBetween(
                        Duration.ofSeconds(40).minus(MAX),
                        Duration.ofSeconds(40).minus(MIN));
    }

    @RepeatedTest(20)
    void asksFirstAfterAnIntervalWhereNothingIsKnown() {
        assertThat(schedule.after(JOB, "known", "7", "1280x720")).isBetween(MIN, MAX);
        assertThat(schedule.after(JOB, "unknown", null, null)).isBetween(MIN, MAX);
    }

    @RepeatedTest(20)
    void neverAsksFirstBeforeAnIntervalNorLaterThanAfter45Seconds() {
        assertThat(schedule.after(JOB, "known", "1", "1280x720")).isBetween(MIN, MAX);
        assertThat(schedule.after(JOB, "known", "99", "1280x720"))
                .isBetween(Duration.ofMillis(40_500), Duration.ofSeconds(45));
    }

    @RepeatedTest(20)
    void followsASampleFromTheStartAtTheUsualInterval() {
        assertThat(schedule.after(SAMPLE, "known", "99", "1280x720")).isBetween(MIN, MAX);
        var intervals = Stream.generate(
                        () -> schedule.afterAnswer(ticket(SAMPLE, "known", null), Duration.ofSeconds(60), AT_ONCE))
                .limit(50)
                .toList();
        assertThat(intervals).allSatisfy(interval -> assertThat(interval).isBetween(MIN, MAX));
        assertThat(intervals).anySatisfy(interval -> assertThat(interval).isGreaterThan(Duration.ofMillis(5_500)));
    }

    @RepeatedTest(20)
    void closesInOnceItKnewWhenToBegin() {
        assertThat(schedule.afterAnswer(ticket(JOB, "known", null), Duration.ofSeconds(60), AT_ONCE))
                .isBetween(MIN, Duration.ofMillis(5_500));
        assertThat(schedule.afterAnswer(ticket(JOB, "unknown", null), Duration.ofSeconds(60), AT_ONCE))
                .isBetween(MIN, MAX);
    }

    @RepeatedTest(20)
    void asksMoreRarelyWithAge() {
        assertThat(schedule.afterAnswer(ticket(JOB, "known", null), Duration.ofMinutes(6), AT_ONCE))
                .isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
        assertThat(schedule.afterAnswer(ticket(JOB, "known", null), Duration.ofMinutes(61), AT_ONCE))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @RepeatedTest(20)
    void countsIntervalsFromPollToPollButNeverHurries() {
        assertThat(schedule.afterAnswer(ticket(JOB, "unknown", null), Duration.ofSeconds(60), Duration.ofSeconds(2)))
                .isBetween(MIN.minusSeconds(2), MAX.minusSeconds(2));
        assertThat(schedule.afterAnswer(ticket(JOB, "unknown", null), Duration.ofSeconds(60), Duration.ofSeconds(9)))
                .isEqualTo(MIN.dividedBy(2));
    }

    @Test
    void keepsWhatItKnowsWhileTheDatabaseIsAway() {
        when(past.paces(anyInt(), anyInt(), anyInt())).thenThrow(new DataAccessResourceFailureException("away"));

        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(estimates::refresh);

        assertThat(schedule.after(JOB, "known", "5", "1280x720")).isGreaterThan(MAX);
    }

    @RepeatedTest(20)
    void looksRarelyBeforeOthersOfItsKindBeganToEnd() {
        var ticket = ticket(JOB, "known", Duration.ofSeconds(100));

        assertThat(schedule.afterAnswer(ticket, Duration.ofSeconds(45), AT_ONCE))
                .isBetween(Duration.ofMillis(40_500), Duration.ofSeconds(45));
        assertThat(schedule.afterAnswer(ticket, Duration.ofSeconds(70), Duration.ofSeconds(2)))
                .isBetween(
                        Duration.ofSeconds(30).minus(MAX).minusSeconds(2),
                        Duration.ofSeconds(30).minus(MIN).minusSeconds(2));
        assertThat(schedule.afterAnswer(ticket, Duration.ofSeconds(95), AT_ONCE))
                .isBetween(MIN, Duration.ofMillis(5_500));
        assertThat(schedule.afterAnswer(ticket.missed(), Duration.ofSeconds(45), AT_ONCE))
                .isBetween(MIN, Duration.ofMillis(5_500));
        assertThat(schedule.earliestEnd(JOB, "known", "5", "1280x720")).isEqualTo(Duration.ofSeconds(40));
        assertThat(schedule.earliestEnd(SAMPLE, "known", "5", "1280x720")).isNull();
        assertThat(schedule.earliestEnd(JOB, "unknown", null, null)).isNull();
    }

    private static PollTicket ticket(String id, String model, @Nullable Duration earliest) {
        return new PollTicket(id, "up", model, Instant.EPOCH, UUID.randomUUID(), 0, 0, 0, false, 0, null, earliest);
    }

    private static Pace pace(Duration earliest) {
        return new Pace(earliest, earliest.multipliedBy(2));
    }

    @RepeatedTest(20)
    void backsOffWhileNobodyAnswersButNotForLongerThanAMinuteUnlessAsked() {
        assertThat(schedule.afterFailure(1, null)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
        assertThat(schedule.afterFailure(50, null)).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(60));
        assertThat(schedule.afterFailure(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    }
}
