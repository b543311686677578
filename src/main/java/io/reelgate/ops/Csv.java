package io.reelgate.ops;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of RFC 4180. Cells come from strangers and are opened in spreadsheets, which would run a formula; so one that could
 * be one gets an apostrophe in front.
 */
final class Csv {

    private static final String BEGINS_A_FORMULA = "=+-@\t\r";
    private static final String NEEDS_QUOTES = ",\"\r\n";

    private final Appendable out;

    Csv(Appendable out) {
        this.out = out;
    }

    void row(List<? extends @Nullable Object> cells) throws IOException {
        var separator = "";
        for (var cell : cells) {
            out.append(separator).append(cell == null ? "" : quoted(disarmed(cell.toString())));
            separator = ",";
        }
        out.append("\r\n");
    }

    private static String disarmed(String cell) {
        return !cell.isEmpty() && BEGINS_A_FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
