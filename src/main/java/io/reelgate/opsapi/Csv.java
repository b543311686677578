package io.reelgate.opsapi;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of RFC 4180. Cells come from strangers and are opened in spreadsheets, which would run a formula; so whatever could
 * begin one gets an apostrophe in front.
 *
 * <p>Where a spreadsheet expects semicolons or tabs between cells, it cuts ours up at theirs and at line breaks, whether they
 * stand in quotes or not. So a beginning is not only that of the cell.
 */
public final class Csv {

    /** With those that Chinese keyboards write, and the small ones; spreadsheets know them as well. */
    private static final String FORMULA = "=+-@＝＋－＠﹦﹢﹣﹫";

    private static final String SPLITS = ";\t\r\n";
    private static final String NEEDS_QUOTES = ",\"\r\n";

    private final Appendable out;

    public Csv(Appendable out) {
        this.out = out;
    }

    public void row(List<? extends @Nullable Object> cells) throws IOException {
        var separator = "";
        for (var cell : cells) {
            out.append(separator).append(cell == null ? "" : quoted(disarmed(cell.toString())));
            separator = ",";
        }
        out.append("\r\n");
    }

    private static String disarmed(String cell) {
        var safe = new StringBuilder(cell.length() + 2);
        var beginning = 0; // of what a spreadsheet may take for a cell; -1 behind it
        for (var i = 0; i < cell.length(); i++) {
            var c = cell.charAt(i);
            if (beginning >= 0 && FORMULA.indexOf(c) >= 0) {
                safe.insert(beginning, '\'');
            }
            safe.append(c);
            if (SPLITS.indexOf(c) >= 0) {
                beginning = safe.length();
            } else if (!isSkipped(c)) {
                beginning = -1;
            }
        }
        return !cell.isEmpty() && SPLITS.indexOf(cell.charAt(0)) >= 0 ? "'" + safe : safe.toString();
    }

    /** What a spreadsheet may drop in front of a formula: blanks, seen and unseen ones, and a quote. */
    private static boolean isSkipped(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == '"';
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
