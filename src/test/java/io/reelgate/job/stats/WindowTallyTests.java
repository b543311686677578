package io.reelgate.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobsInWindow.Slot;
import io.reelgate.job.stats.WindowTally.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTallyTests {

    private static final Instant FROM = Instant.parse("2026-07-31T12:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(1);

    private final WindowTally tally = new WindowTally(3);

    @Test
    void hasASlotForEachStepThoughThereAreNoJobs() {
        assertThat(window().series())
                .containsExactly(
                        empty(FROM),
                        empty(FROM.plus(STEP)),
                        empty(FROM.plus(STEP).plus(STEP)));
        assertThat(window().total()).isEqualTo(JobCounts.NONE);
    }

    @Test
    void addsTheStatusesOfASlotUp() {
        tally.addEnding(1, null, null, new Ending(JobStatus.SUCCEEDED, 2, 2, 108_900));
        tally.addEnding(1, null, null, new Ending(JobStatus.FAILED, 3, 1, 0));
        tally.addEnding(2, null, null, new Ending(JobStatus.SUCCEEDED, 4, 4, 1));

        assertThat(window().series().get(1).counts())
                .isEqualTo(new JobCounts(Map.of(JobStatus.SUCCEEDED, 2L, JobStatus.FAILED, 3L), 3, 108_900));
        assertThat(window().total())
                .isEqualTo(new JobCounts(Map.of(JobStatus.SUCCEEDED, 6L, JobStatus.FAILED, 3L), 7, 108_901));
    }

    /** The same jobs are counted by slot, by app and by model, and are in all only once. */
    @Test
    void countsEachJobOnceInAll() {
        tally.addEnding(0, null, null, new Ending(JobStatus.QUEUED, 5, 5, 0));
        tally.addEnding(null, "shop", null, new Ending(JobStatus.QUEUED, 5, 5, 0));
        tally.addEnding(null, null, "fast", new Ending(JobStatus.QUEUED, 5, 5, 0));

        var counts = new JobCounts(Map.of(JobStatus.QUEUED, 5L), 5, 0);
        assertThat(window().total()).isEqualTo(counts);
        assertThat(window().byApp()).isEqualTo(Map.of("shop", counts));
        assertThat(window().byModel()).isEqualTo(Map.of("fast", counts));
    }

    @Test
    void namesTheMostJobsFirstAndEqualsByAlphabet() {
        tally.addEnding(null, "few", null, new Ending(JobStatus.QUEUED, 1, 0, 0));
        tally.addEnding(null, "p", null, new Ending(JobStatus.QUEUED, 2, 0, 0));
        tally.addEnding(null, "a", null, new Ending(JobStatus.QUEUED, 2, 0, 0));
        tally.addEnding(null, "many", null, new Ending(JobStatus.QUEUED, 2, 0, 0));
        tally.addEnding(null, "many", null, new Ending(JobStatus.FAILED, 2, 0, 0));

        assertThat(window().byApp().keySet()).containsExactly("many", "a", "p", "few");
    }

    @Test
    void countsTheNamesOfASlot() {
        tally.addName(2, "shop", null, 3);
        tally.addName(2, "blog", null, 4);
        tally.addName(2, null, "fast", 7);

        var slot = window().series().getLast();
        assertThat(slot.byApp()).isEqualTo(Map.of("shop", 3L, "blog", 4L));
        assertThat(slot.byModel()).isEqualTo(Map.of("fast", 7L));
    }

    /** The clocks of replicas differ. */
    @Test
    void countsAJobOfTheFutureInTheLastSlotAndOneOfThePastInTheFirst() {
        tally.addEnding(3, null, null, new Ending(JobStatus.QUEUED, 1, 0, 0));
        tally.addEnding(-1, null, null, new Ending(JobStatus.QUEUED, 2, 0, 0));
        tally.addName(9, "shop", null, 1);

        assertThat(window().series().stream().map(slot -> slot.counts().jobs())).containsExactly(2L, 0L, 1L);
        assertThat(window().series().getLast().byApp()).isEqualTo(Map.of("shop", 1L));
    }

    @Test
    void passesTheSpeedOn() {
        var speed = new Speed(Duration.ofSeconds(60), Duration.ofSeconds(90));

        var window = tally.window(FROM, STEP, speed, Map.of("fast", speed));

        assertThat(window.from()).isEqualTo(FROM);
        assertThat(window.step()).isEqualTo(STEP);
        assertThat(window.speed()).isEqualTo(speed);
        assertThat(window.speedByModel()).isEqualTo(Map.of("fast", speed));
    }

    private JobsInWindow window() {
        return tally.window(FROM, STEP, null, Map.of());
    }

    private static Slot empty(Instant at) {
        return new Slot(at, JobCounts.NONE, Map.of(), Map.of());
    }
}
