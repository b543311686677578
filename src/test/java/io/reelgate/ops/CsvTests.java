package io.reelgate.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the CSV to what spreadsheets read, and to what they must not run. */
class CsvTests {

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
