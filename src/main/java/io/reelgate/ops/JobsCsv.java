package io.reelgate.ops;

import io.reelgate.job.JobHistory;
import io.reelgate.job.JobView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code /ops/api/jobs.csv}: every job of a filter as RFC 4180, written as it is read, so that its size does not matter.
 *
 * <p>Prompts are hostile text: a cell that a spreadsheet would take for a formula gets an apostrophe in front.
 */
@OpsApi("/ops/api/jobs.csv")
class JobsCsv {

    private static final String HEADER =
            "id,app,model,status,prompt,upstream_task_id,progress,error_code,error_message,created_at,finished_at,"
                    + "completion_tokens,total_tokens";
    private static final String FORMULA = "=+-@\t\r";

    private final JobHistory history;

    JobsCsv(JobHistory history) {
        this.history = history;
    }

    @GetMapping
    void csv(JobQuery query, HttpServletResponse response) throws IOException {
        var filter = query.filter();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"reelgate-jobs.csv\"");
        var out = response.getWriter();
        row(out, HEADER);
        history.each(filter, job -> row(out, line(job)));
    }

    private static String line(JobView job) {
        var error = job.error();
        var film = job.film();
        return cells(
                job.id(),
                job.app(),
                job.model(),
                job.status().word(),
                job.prompt(),
                job.upstreamTaskId(),
                job.progress(),
                error == null ? null : error.code(),
                error == null ? null : error.message(),
                job.createdAt(),
                job.finishedAt(),
                film == null ? null : film.completionTokens(),
                film == null ? null : film.totalTokens());
    }

    private static String cells(@Nullable Object... values) {
        return Arrays.stream(values)
                .map(value -> cell(Objects.toString(value, "")))
                .collect(Collectors.joining(","));
    }

    private static String cell(String value) {
        var disarmed = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean quoted = disarmed.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return quoted ? '"' + disarmed.replace("\"", "\"\"") + '"' : disarmed;
    }

    private static void row(PrintWriter out, String line) {
        out.print(line);
        out.print("\r\n");
    }
}
