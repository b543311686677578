package io.reelgate.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelgate.console.Chart.Bar;
import io.reelgate.console.Chart.Key;
import io.reelgate.console.Chart.Line;
import io.reelgate.console.Chart.Piece;
import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobCounts;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsInWindow.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** How the overview's chart is laid out, of twelve slots of a minute. */
class ChartMakerTests {

    private static final Instant FROM = Instant.parse("2026-07-31T12:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final int SLOTS = 12;
    private static final double SLOT_WIDTH = Chart.WIDTH / (double) SLOTS;

    private final ChartMaker maker = new ChartMaker(new Formats(Messages.source()));
    private final List<Slot> slots = new ArrayList<>();

    @BeforeEach
    void nothingHappened() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new Slot(FROM.plus(STEP.multipliedBy(i)), JobCounts.NONE, Map.of(), Map.of()));
        }
    }

    @AfterEach
    void inNoLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void drawsAnEmptyWindowWithItsAxes() {
        var chart = maker.draw(window(), GroupBy.ENDING);

        assertThat(chart.isEmpty()).isTrue();
        assertThat(chart.bars()).hasSize(SLOTS).allSatisfy(bar -> {
            assertThat(bar.pieces()).isEmpty();
            assertThat(bar.text()).isEqualTo("no jobs");
        });
        assertThat(chart.lines())
                .containsExactly(new Line(200, 0), new Line(150, 1), new Line(100, 2), new Line(50, 3), new Line(0, 4));
        assertThat(chart.keys())
                .extracting(Key::colour)
                .containsExactly("succeeded", "running", "refused", "failed", "unconfirmed");
    }

    @Test
    void marksSixTimesAtEqualDistances() {
        assertThat(maker.draw(window(), GroupBy.ENDING).marks())
                .containsExactly(
                        FROM,
                        FROM.plusSeconds(120),
                        FROM.plusSeconds(240),
                        FROM.plusSeconds(360),
                        FROM.plusSeconds(480),
                        FROM.plusSeconds(600));
    }

    @Test
    void givesEachSlotABarOfItsTime() {
        var bars = maker.draw(window(), GroupBy.ENDING).bars();

        assertThat(bars.getFirst().at()).isEqualTo(FROM);
        assertThat(bars.getFirst().x()).isEqualTo(SLOT_WIDTH * 0.1, within(1e-9));
        assertThat(bars.getLast().at()).isEqualTo(FROM.plusSeconds(660));
        assertThat(bars.getLast().x() + bars.getLast().width()).isEqualTo(Chart.WIDTH - SLOT_WIDTH * 0.1, within(1e-9));
    }

    @Test
    void stacksTheEndingsOfASlot() {
        jobs(3, Map.of(JobStatus.SUCCEEDED, 2L, JobStatus.FAILED, 1L, JobStatus.EXPIRED, 1L));

        var chart = maker.draw(window(), GroupBy.ENDING);

        assertThat(chart.isEmpty()).isFalse();
        assertThat(chart.bars().get(3).pieces())
                .containsExactly(new Piece("succeeded", 100, 100), new Piece("failed", 0, 100));
        assertThat(chart.bars().get(3).text()).isEqualTo("Succeeded 2 · Failed 2");
        assertThat(chart.keys())
                .contains(new Key("succeeded", "Succeeded", 2), new Key("failed", "Failed", 2))
                .hasSize(5);
    }

    @Test
    void addsASeriesUpOverAllSlots() {
        jobs(0, Map.of(JobStatus.SUCCEEDED, 2L));
        jobs(11, Map.of(JobStatus.SUCCEEDED, 1_500L));

        var chart = maker.draw(window(), GroupBy.ENDING);

        assertThat(chart.keys().getFirst().jobs()).isEqualTo(1_502);
        assertThat(chart.bars().getLast().text()).isEqualTo("Succeeded 1,500");
        assertThat(chart.lines().getLast()).isEqualTo(new Line(0, 2_000));
    }

    @Test
    void drawsNothingOutside() {
        jobs(5, Map.of(JobStatus.SUCCEEDED, 13L, JobStatus.QUEUED, 3L));

        assertThat(maker.draw(window(), GroupBy.ENDING).bars())
                .flatExtracting(Bar::pieces)
                .allSatisfy(piece -> {
                    assertThat(piece.y()).isNotNegative();
                    assertThat(piece.y() + piece.height()).isLessThanOrEqualTo(Chart.HEIGHT);
                });
    }

    @Test
    void drawsEachOfFiveAppsByItself() {
        apps(0, "a", "b", "c", "d", "e");

        var chart = maker.draw(window("a", "b", "c", "d", "e"), GroupBy.APP);

        assertThat(chart.keys())
                .containsExactly(
                        new Key("name-0", "a", 1),
                        new Key("name-1", "b", 1),
                        new Key("name-2", "c", 1),
                        new Key("name-3", "d", 1),
                        new Key("name-4", "e", 1));
    }

    @Test
    void drawsMoreThanFiveAppsAsOthers() {
        apps(0, "a", "b", "c", "d", "e", "f", "g");
        apps(1, "f", "a");

        var chart = maker.draw(window("a", "b", "c", "d", "e", "f", "g"), GroupBy.APP);

        assertThat(chart.keys()).hasSize(6).endsWith(new Key("name-other", "2 others", 3));
        assertThat(chart.bars().get(1).text()).isEqualTo("a 1 · 2 others 1");
    }

    @Test
    void dividesByModel() {
        slots.set(
                2,
                new Slot(
                        FROM.plusSeconds(120),
                        new JobCounts(Map.of(JobStatus.QUEUED, 4L), 4, 0),
                        Map.of(),
                        Map.of("fast", 3L, "slow", 1L)));
        var models = new LinkedHashMap<String, JobCounts>();
        models.put("fast", JobCounts.NONE);
        models.put("slow", JobCounts.NONE);

        var chart = maker.draw(
                new JobsInWindow(FROM, STEP, JobCounts.NONE, slots, Map.of(), models, null, Map.of()), GroupBy.MODEL);

        assertThat(chart.keys()).containsExactly(new Key("name-0", "fast", 3), new Key("name-1", "slow", 1));
        assertThat(chart.bars().get(2).pieces())
                .containsExactly(new Piece("name-0", 50, 150), new Piece("name-1", 0, 50));
    }

    @Test
    void speaksChinese() {
        LocaleContextHolder.setLocale(Locale.CHINESE);
        jobs(0, Map.of(JobStatus.SUCCEEDED, 2L));

        var bars = maker.draw(window(), GroupBy.ENDING).bars();

        assertThat(bars.getFirst().text()).isEqualTo("成功 2");
        assertThat(bars.getLast().text()).isEqualTo("没有任务");
    }

    /** Gridlines stand for whole jobs. */
    @ParameterizedTest
    @CsvSource({
        "0, 4",
        "4, 4",
        "5, 5",
        "6, 8",
        "9, 10",
        "11, 20",
        "21, 40",
        "41, 50",
        "51, 80",
        "81, 100",
        "101, 200",
        "999999, 1000000"
    })
    void endsAtTheNextRoundNumber(long jobs, long ceiling) {
        assertThat(ChartMaker.ceiling(jobs)).isEqualTo(ceiling);
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "5, 6", "7, 5", "10, 6", "15, 5", "45, 6"})
    void hasFewGridlinesOfWholeJobsUpToTheTop(long jobs, int lines) {
        jobs(0, Map.of(JobStatus.QUEUED, jobs));

        var drawn = maker.draw(window(), GroupBy.ENDING).lines();

        assertThat(drawn).hasSize(lines);
        assertThat(drawn.getLast().y()).isZero();
    }

    private void jobs(int slot, Map<JobStatus, Long> counts) {
        slots.set(slot, new Slot(slots.get(slot).at(), new JobCounts(counts, 0, 0), Map.of(), Map.of()));
    }

    /** One job of each of these apps. */
    private void apps(int slot, String... names) {
        var apps = new LinkedHashMap<String, Long>();
        for (var name : names) {
            apps.put(name, 1L);
        }
        var counts = new JobCounts(Map.of(JobStatus.QUEUED, (long) names.length), 0, 0);
        slots.set(slot, new Slot(slots.get(slot).at(), counts, apps, Map.of()));
    }

    private JobsInWindow window(String... apps) {
        var byApp = new LinkedHashMap<String, JobCounts>();
        for (var app : apps) {
            byApp.put(app, JobCounts.NONE);
        }
        return new JobsInWindow(FROM, STEP, JobCounts.NONE, slots, byApp, Map.of(), null, Map.of());
    }
}
