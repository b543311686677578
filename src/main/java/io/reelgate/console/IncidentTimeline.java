package io.reelgate.console;

import io.reelgate.incidents.QuotaIncident;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * When which model had no money, over {@value #DAYS} days, ready to be drawn: a row for each model, in a view of
 * {@value #WIDTH} by {@link #height()}.
 */
record IncidentTimeline(List<Row> rows, List<Mark> marks) {

    static final int DAYS = 30;
    static final int WIDTH = 960;

    private static final int ROW = 34;
    private static final int FOOT = 22;

    /** Shorter ones would not be seen. */
    private static final double SHORTEST = 3;

    /** A model and its incidents. */
    record Row(String model, int y, List<Span> spans) {}

    /** One incident. */
    record Span(long id, double x, double width, boolean open) {}

    /** The beginning of a day, UTC. */
    record Mark(double x, Instant at) {}

    static IncidentTimeline of(List<QuotaIncident> incidents, Instant now) {
        var from = now.minus(Duration.ofDays(DAYS));
        var byModel = new TreeMap<String, List<Span>>();
        for (var incident : incidents) {
            byModel.computeIfAbsent(incident.model(), _ -> new ArrayList<>()).add(span(incident, from, now));
        }
        var rows = new ArrayList<Row>();
        byModel.forEach((model, spans) -> rows.add(new Row(model, rows.size() * ROW, spans)));
        return new IncidentTimeline(rows, marks(from, now));
    }

    public int height() {
        return rows.size() * ROW + FOOT;
    }

    private static Span span(QuotaIncident incident, Instant from, Instant now) {
        var closedAt = incident.closedAt();
        double begin = Math.max(0, x(incident.openedAt(), from));
        double end = Math.min(WIDTH, x(closedAt == null ? now : closedAt, from));
        double width = Math.max(SHORTEST, end - begin);
        return new Span(incident.id(), Math.min(begin, WIDTH - width), width, closedAt == null);
    }

    private static List<Mark> marks(Instant from, Instant now) {
        var marks = new ArrayList<Mark>();
        var day = from.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(1);
        for (; day.toInstant().isBefore(now); day = day.plusDays(5)) {
            marks.add(new Mark(x(day.toInstant(), from), day.toInstant()));
        }
        return marks;
    }

    private static double x(Instant at, Instant from) {
        return (double) Duration.between(from, at).toSeconds()
                / Duration.ofDays(DAYS).toSeconds()
                * WIDTH;
    }
}
