package io.reelgate.opsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the CSV to what spreadsheets read, and to what they must not run. */
class CsvTests {

    /** What a spreadsheet may take for one, blanks and quotes in front of it or not. */
    private static final Pattern FORMULA = Pattern.compile("[\\s\\p{Z}\\p{Cf}\"]*[=+\\-@＝＋－＠]");

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
    void disarmsWhatCouldBeAFormula(String cell) throws IOException {
        assertThat(row(cell)).isEqualTo("'" + cell + "\r\n");
    }

    @Test
    void disarmsBehindQuotesToo() throws IOException {
        assertThat(row("=HYPERLINK(\"http://evil\",\"x\")"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\"\r\n");
        assertThat(row("\rx")).isEqualTo("\"'\rx\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", " =1", "\u00a0=1", "\u3000+1", "\ufeff=1", "\u200b=1"})
    void disarmsWhatTakesASecondLookToBeAFormula(String cell) throws IOException {
        assertThat(row(cell)).isEqualTo("'" + cell + "\r\n");
    }

    /** With semicolons between its cells, a spreadsheet splits ours at theirs, and our quotes mean nothing to it. */
    @Test
    void disarmsWhereASpreadsheetMaySplit() throws IOException {
        assertThat(row("a;=1")).isEqualTo("a;'=1\r\n");
        assertThat(row("a; @x;b")).isEqualTo("a;' @x;b\r\n");
        assertThat(row("a\t=1")).isEqualTo("a\t'=1\r\n");
        assertThat(row(";=1")).isEqualTo("';'=1\r\n");
        assertThat(row("a\n=1")).isEqualTo("\"a\n'=1\"\r\n");
        assertThat(row("\n=1")).isEqualTo("\"'\n'=1\"\r\n");
        assertThat(row("a;\"=1")).isEqualTo("\"a;'\"\"=1\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a cat = a cat", "5-7", "a;b", "me@example.com", "a, -1", "猫＝猫", "a;b=1", ""})
    void leavesAloneWhatBeginsAsText(String cell) throws IOException {
        var kept = cell.contains(",") ? '"' + cell + '"' : cell;
        assertThat(row(cell)).isEqualTo(kept + "\r\n");
    }

    /** Every beginning of up to four such characters, read by a spreadsheet that splits where it likes. */
    @Test
    void beginsNoCellWithAFormulaWhereverItIsSplit() throws IOException {
        for (var text : texts("x;\t\r\n \"'\u3000\ufeff=-＝＠", 4)) {
            for (var separators : List.of(",", ";", "\t")) {
                assertThat(cells(row("id", text, "end"), separators))
                        .as("%s split at %s", text, separators)
                        .noneMatch(cell -> FORMULA.matcher(cell).lookingAt());
            }
        }
    }

    private static List<String> texts(String characters, int length) {
        var texts = new ArrayList<>(List.of(""));
        for (var from = 0; length > 0; length--) {
            var to = texts.size();
            for (var shorter : List.copyOf(texts.subList(from, to))) {
                characters.chars().forEach(c -> texts.add(shorter + (char) c));
            }
            from = to;
        }
        return texts;
    }

    /** As spreadsheets cut it up: quotes count where a cell begins with one, and nowhere else. */
    private static List<String> cells(String csv, String separator) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.length(); i++) {
            var c = csv.charAt(i);
            if (c == '"' && (quoted || cell.isEmpty())) {
                if (quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append(csv.charAt(i++));
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (separator.indexOf(c) >= 0 || c == '\r' || c == '\n')) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    @Test
    void quotesOnlyWhereNeeded() throws IOException {
        assertThat(row("a", "b c", "d,e", "f\"g", "h\ni", null, 7))
                .isEqualTo("a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",,7\r\n");
    }

    private static String row(@Nullable Object... cells) throws IOException {
        var out = new StringBuilder();
        new Csv(out).row(Arrays.asList(cells));
        return out.toString();
    }
}
