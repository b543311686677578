package io.reelgate.opsapi.spend;

import io.reelgate.billing.spend.Spend;
import io.reelgate.operations.spend.Spending;
import io.reelgate.opsapi.Csv;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /ops/api/spend}, as JSON and for spreadsheets; and {@code /ops/spend.csv} for those logged in to the pages. */
@RestController
class SpendApi {

    static final String PATH = "/ops/api/spend";

    /** Where the page is, whose link asks for the same file. */
    static final String PAGE = "/ops/spend";

    private final Spending spending;

    SpendApi(Spending spending) {
        this.spending = spending;
    }

    @GetMapping(PATH)
    SpendJson spend(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "app") String by) {
        return SpendJson.of(spent(from, to, by));
    }

    /** Without a line for the total, so that whoever adds a column up gets it. */
    @GetMapping({PATH + ".csv", PAGE + ".csv"})
    void export(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "app") String by,
            HttpServletResponse response)
            throws IOException {
        var spend = spent(from, to, by);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"reelgate-spend-%s-%s-by-%s.csv\""
                        .formatted(
                                spend.range().from(),
                                spend.range().to(),
                                spend.by().word()));
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        var csv = new Csv(out);
        csv.row(List.of(spend.by().word(), "jobs", "tokens", "amount", "settled", "estimated", "possibly_spent"));
        for (var line : spend.items()) {
            var item = SpendJson.SpendItem.of(line, null);
            csv.row(Arrays.<@Nullable Object>asList(
                    line.key(),
                    item.jobs(),
                    item.tokens(),
                    item.amount(),
                    item.settled(),
                    item.estimated(),
                    item.possiblySpent()));
        }
        out.flush();
    }

    private Spend spent(@Nullable String from, @Nullable String to, String by) {
        var split = Spending.by(by);
        return spending.spent(spending.range(from, to), split);
    }
}
