package io.reelgate.console;

import java.time.Instant;
import java.util.List;

/**
 * Stacked bars over time, ready to be drawn: all lengths are in the units of a view of {@value #WIDTH} by
 * {@value #HEIGHT}.
 *
 * @param lines gridlines at equal distances, the lowest first
 * @param marks times at equal distances, the first at the left edge
 */
record Chart(List<Bar> bars, List<Line> lines, List<Instant> marks, List<Key> keys) {

    static final int WIDTH = 960;
    static final int HEIGHT = 200;

    /** The jobs of one slot of time; {@code text} tells them in words. */
    record Bar(double x, double width, Instant at, String text, List<Piece> pieces) {}

    /** The part of a bar that is drawn in one colour. */
    record Piece(String colour, double y, double height) {}

    /** A gridline and the jobs it stands for. */
    record Line(double y, long jobs) {}

    /** What a colour stands for, and how many jobs it has in all. */
    record Key(String colour, String name, long jobs) {}

    public boolean isEmpty() {
        return keys.stream().allMatch(key -> key.jobs() == 0);
    }
}
