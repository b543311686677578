package io.reelgate.console;

import io.reelgate.console.Chart.Bar;
import io.reelgate.console.Chart.Key;
import io.reelgate.console.Chart.Line;
import io.reelgate.console.Chart.Piece;
import io.reelgate.job.stats.JobsInWindow;
import io.reelgate.job.stats.JobsInWindow.Slot;
import io.reelgate.operations.JobsByEnd;
import io.reelgate.operations.JobsByEnd.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Lays the overview's chart out. */
@Component
class ChartMaker {

    /** More names than this are drawn as one: eyes tell no more colours apart. */
    private static final int MOST_NAMES = 5;

    /** Slots come in sixes. */
    private static final int MARKS = 6;

    private final Formats words;

    ChartMaker(Formats words) {
        this.words = words;
    }

    /** One colour's share of each bar. */
    private record Series(String colour, String name, ToLongFunction<Slot> jobs) {}

    Chart draw(JobsInWindow window, GroupBy split) {
        var series = series(window, split);
        var slots = window.series();
        long most = ceiling(
                slots.stream().mapToLong(slot -> slot.counts().jobs()).max().orElse(0));
        double scale = (double) Chart.HEIGHT / most;
        double width = (double) Chart.WIDTH / slots.size();
        var bars = new ArrayList<Bar>();
        var marks = new ArrayList<Instant>();
        for (int i = 0; i < slots.size(); i++) {
            var slot = slots.get(i);
            double x = i * width;
            bars.add(new Bar(x + width * 0.1, width * 0.8, slot.at(), text(slot, series), pieces(slot, series, scale)));
            if (i % (slots.size() / MARKS) == 0) {
                marks.add(slot.at());
            }
        }
        return new Chart(bars, lines(most, scale), marks, keys(slots, series));
    }

    private List<Series> series(JobsInWindow window, GroupBy split) {
        return switch (split) {
            case ENDING -> Stream.of(Ending.values()).map(this::ending).toList();
            case APP -> named(window.byApp().keySet(), slot -> slot.byApp()::getOrDefault);
            case MODEL -> named(window.byModel().keySet(), slot -> slot.byModel()::getOrDefault);
        };
    }

    private Series ending(Ending ending) {
        return new Series(
                ending.word(), words.text("ending." + ending.word()), slot -> new JobsByEnd(slot.counts()).in(ending));
    }

    /** Looks a name's jobs up, with what to answer if it has none. */
    private interface Lookup {
        Long get(String name, Long otherwise);
    }

    private List<Series> named(Set<String> names, Function<Slot, Lookup> jobs) {
        var series = new ArrayList<Series>();
        var drawn = new LinkedHashSet<String>();
        for (var name : names) {
            if (drawn.size() == MOST_NAMES) {
                break;
            }
            series.add(new Series(
                    "name-" + drawn.size(), name, slot -> jobs.apply(slot).get(name, 0L)));
            drawn.add(name);
        }
        if (names.size() > drawn.size()) {
            series.add(new Series(
                    "name-other",
                    words.text("chart.others", names.size() - drawn.size()),
                    slot -> slot.counts().jobs()
                            - drawn.stream()
                                    .mapToLong(name -> jobs.apply(slot).get(name, 0L))
                                    .sum()));
        }
        return series;
    }

    private static List<Piece> pieces(Slot slot, List<Series> series, double scale) {
        var pieces = new ArrayList<Piece>();
        double y = Chart.HEIGHT;
        for (var one : series) {
            double height = one.jobs().applyAsLong(slot) * scale;
            if (height > 0) {
                y -= height;
                pieces.add(new Piece(one.colour(), y, height));
            }
        }
        return pieces;
    }

    private String text(Slot slot, List<Series> series) {
        var told = series.stream()
                .filter(one -> one.jobs().applyAsLong(slot) > 0)
                .map(one -> one.name() + " " + words.number(one.jobs().applyAsLong(slot)))
                .collect(Collectors.joining(" · "));
        return told.isEmpty() ? words.text("chart.none") : told;
    }

    private static List<Line> lines(long most, double scale) {
        long step = most % 4 == 0 ? most / 4 : most % 5 == 0 ? most / 5 : most;
        var lines = new ArrayList<Line>();
        for (long jobs = 0; jobs <= most; jobs += step) {
            lines.add(new Line(Chart.HEIGHT - jobs * scale, jobs));
        }
        return lines;
    }

    private static List<Key> keys(List<Slot> slots, List<Series> series) {
        return series.stream()
                .map(one -> new Key(
                        one.colour(),
                        one.name(),
                        slots.stream().mapToLong(one.jobs()).sum()))
                .toList();
    }

    /** The next number above that is round enough for gridlines: 4, 10, 20, 40, 50, 80, 100, … */
    static long ceiling(long jobs) {
        for (long ten = 1; ; ten *= 10) {
            for (long round : new long[] {4, 5, 8, 10, 20}) {
                if (round * ten >= jobs) {
                    return round * ten;
                }
            }
        }
    }
}
