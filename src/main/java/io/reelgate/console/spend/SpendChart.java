package io.reelgate.console.spend;

import java.util.List;

/**
 * Stacked bars, one a day, ready to be drawn: all lengths are in the units of a view of {@value #WIDTH} by {@value #HEIGHT}.
 *
 * @param lines gridlines at equal distances, the lowest first
 * @param marks days at equal distances, the first at the left edge
 */
record SpendChart(List<Bar> bars, List<Line> lines, List<String> marks) {

    static final int WIDTH = 960;
    static final int HEIGHT = 200;

    /** What was spent on one day; {@code text} tells it in words. */
    record Bar(double x, double width, String text, List<Piece> pieces) {}

    /** The part of a bar that is drawn in one colour. */
    record Piece(String colour, double y, double height) {}

    /** A gridline and the amount that it stands for. */
    record Line(double y, String amount) {}
}
