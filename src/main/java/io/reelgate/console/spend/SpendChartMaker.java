package io.reelgate.console.spend;

import io.reelgate.billing.spend.Spend;
import io.reelgate.billing.spend.SpendLine;
import io.reelgate.console.Formats;
import io.reelgate.console.spend.SpendChart.Bar;
import io.reelgate.console.spend.SpendChart.Line;
import io.reelgate.console.spend.SpendChart.Piece;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Lays the chart of the days out: settled at the bottom, then estimated, then what is possibly spent. */
@Component
class SpendChartMaker {

    private static final int MARKS = 6;
    private static final int LINES = 4;

    private final Formats words;

    SpendChartMaker(Formats words) {
        this.words = words;
    }

    /** One colour's share of each bar. */
    private record Series(String colour, String name, Function<SpendLine, BigDecimal> amount) {}

    /** Draws what was spent by day. */
    SpendChart draw(Spend byDay) {
        var days = byDay.range().days();
        var lines = byDay.items().stream().collect(Collectors.toMap(SpendLine::key, Function.identity()));
        var most = ceiling(byDay.items().stream()
                .map(line -> line.settled().add(line.estimated()).add(line.possiblySpent()))
                .reduce(BigDecimal.ZERO, BigDecimal::max));
        double scale = SpendChart.HEIGHT / most.doubleValue();
        double width = (double) SpendChart.WIDTH / days.size();
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < days.size(); i++) {
            var line = lines.get(days.get(i).toString());
            if (line != null) {
                bars.add(bar(days.get(i), line, i * width, width, scale));
            }
        }
        return new SpendChart(bars, lines(most), marks(days));
    }

    private Bar bar(LocalDate day, SpendLine line, double x, double width, double scale) {
        var pieces = new ArrayList<Piece>();
        var text = new StringBuilder(day.toString());
        double y = SpendChart.HEIGHT;
        for (var one : series()) {
            var amount = one.amount().apply(line);
            if (amount.signum() > 0) {
                double height = amount.doubleValue() * scale;
                y -= height;
                pieces.add(new Piece(one.colour(), y, height));
                text.append(" · ").append(one.name()).append(' ').append(words.money(amount));
            }
        }
        return new Bar(x + width * 0.1, width * 0.8, text.toString(), pieces);
    }

    private List<Series> series() {
        return List.of(
                new Series("succeeded", words.text("spend.settled"), SpendLine::settled),
                new Series("running", words.text("spend.estimated"), SpendLine::estimated),
                new Series("unconfirmed", words.text("spend.possibly_spent"), SpendLine::possiblySpent));
    }

    private List<Line> lines(BigDecimal most) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i <= LINES; i++) {
            var amount = most.multiply(BigDecimal.valueOf(i))
                    .divide(BigDecimal.valueOf(LINES))
                    .stripTrailingZeros();
            double y = SpendChart.HEIGHT - (double) SpendChart.HEIGHT * i / LINES;
            lines.add(new Line(y, words.sum(amount)));
        }
        return lines;
    }

    private static List<String> marks(List<LocalDate> days) {
        int marks = Math.min(MARKS, days.size());
        var texts = new ArrayList<String>();
        for (int i = 0; i < marks; i++) {
            texts.add(days.get(i * days.size() / marks).toString().substring("2026-".length()));
        }
        return texts;
    }

    /** The next amount above that is round enough for gridlines: 0.04, 0.1, 0.2, 0.4, 0.8, 1, 2, 4, … */
    static BigDecimal ceiling(BigDecimal amount) {
        for (var ten = new BigDecimal("0.01"); ; ten = ten.movePointRight(1)) {
            for (int round : new int[] {1, 2, 4, 8}) {
                var bound = ten.multiply(BigDecimal.valueOf(round));
                if (bound.compareTo(amount) >= 0) {
                    return bound;
                }
            }
        }
    }
}
