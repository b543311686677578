package io.reelgate.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reelgate.job.PastJobs;
import io.reelgate.job.PastJobs.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class PollRhythmTests {

    static final Duration MIN = Duration.ofSeconds(5);
    static final Duration MAX = Duration.ofSeconds(8);
    static final Duration AT_ONCE = Duration.ZERO;

    final PastJobs past = mock(PastJobs.class);
    final Experience experience = new Experience(past);
    final PollRhythm rhythm = new PollRhythm(
            new TrackingProperties(
                    MIN, MAX, 64, Duration.ofSeconds(30), Duration.ofHours(24), Duration.ofMinutes(2), 5),
            experience);

    @BeforeEach
    void learn() {
        when(past.earliestEnds(anyInt(), anyInt()))
                .thenReturn(Map.of(
                        new Kind("known", "5", "1280x720"), Duration.ofSeconds(60),
                        new Kind("known", "1", "1280x720"), Duration.ofSeconds(9),
                        new Kind("known", "99", "1280x720"), Duration.ofHours(2)));
        experience.refresh();
    }

    @RepeatedTest(20)
    void asksFirstShortlyBeforeOthersOfItsKindBeganToEnd() {
        assertThat(rhythm.after("known", "5", "1280x720"))
                .isBetween(
                        Duration.ofSeconds(60).minus(MAX),
                        Duration.ofSeconds(60).minus(MIN));
    }

    @RepeatedTest(20)
    void asksFirstAfterAnIntervalWhereNothingIsKnown() {
        assertThat(rhythm.after("known", "7", "1280x720")).isBetween(MIN, MAX);
        assertThat(rhythm.after("unknown", null, null)).isBetween(MIN, MAX);
    }

    @RepeatedTest(20)
    void neverAsksFirstBeforeAnIntervalNorLaterThanTwelve() {
        assertThat(rhythm.after("known", "1", "1280x720")).isBetween(MIN, MAX);
        assertThat(rhythm.after("known", "99", "1280x720"))
                .isBetween(MAX.multipliedBy(11), MAX.multipliedBy(12).minus(MIN));
    }

    @RepeatedTest(20)
    void closesInOnceItKnewWhenToBegin() {
        assertThat(rhythm.afterAnswer("known", Duration.ofSeconds(60), AT_ONCE))
                .isBetween(MIN, Duration.ofMillis(5_500));
        assertThat(rhythm.afterAnswer("unknown", Duration.ofSeconds(60), AT_ONCE))
                .isBetween(MIN, MAX);
    }

    @RepeatedTest(20)
    void asksMoreRarelyWithAge() {
        assertThat(rhythm.afterAnswer("known", Duration.ofMinutes(6), AT_ONCE))
                .isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
        assertThat(rhythm.afterAnswer("known", Duration.ofMinutes(61), AT_ONCE))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @RepeatedTest(20)
    void countsIntervalsFromPollToPollButNeverHurries() {
        assertThat(rhythm.afterAnswer("unknown", Duration.ofSeconds(60), Duration.ofSeconds(2)))
                .isBetween(MIN.minusSeconds(2), MAX.minusSeconds(2));
        assertThat(rhythm.afterAnswer("unknown", Duration.ofSeconds(60), Duration.ofSeconds(9)))
                .isEqualTo(MIN.dividedBy(2));
    }

    @Test
    void keepsWhatItKnowsWhileTheDatabaseIsAway() {
        when(past.earliestEnds(anyInt(), anyInt())).thenThrow(new DataAccessResourceFailureException("away"));

        experience.refresh();

        assertThat(rhythm.after("known", "5", "1280x720")).isGreaterThan(MAX);
    }

    @RepeatedTest(20)
    void backsOffWhileNobodyAnswersButNotForLongerThanAMinuteUnlessAsked() {
        assertThat(rhythm.afterFailure(1, null)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
        assertThat(rhythm.afterFailure(50, null)).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(60));
        assertThat(rhythm.afterFailure(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    }
}
