package io.reelgate.opsapi;

import io.reelgate.job.JobError;
import io.reelgate.job.VideoResult;
import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobLists;
import io.reelgate.job.query.JobPage;
import io.reelgate.operations.JobQuery;
import io.reelgate.operations.OpsReads;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /ops/api/jobs.csv}, and {@code /ops/jobs.csv} for those logged in to the pages: every job of the same filter,
 * written while it is read. No connection to the database is held while the caller takes it.
 */
@RestController
class JobsCsv {

    /** Where the page of jobs is, whose link asks for the same file. */
    static final String PAGES = "/ops/jobs";

    private static final List<String> HEADER = List.of(
            "id",
            "app",
            "model",
            "status",
            "prompt",
            "upstream_task_id",
            "progress",
            "error_code",
            "error_message",
            "completion_tokens",
            "total_tokens",
            "created_at",
            "accepted_at",
            "finished_at",
            "request_id",
            "seconds",
            "size");

    private final JobLists lists;
    private final OpsReads reads;

    JobsCsv(JobLists lists, OpsReads reads) {
        this.lists = lists;
        this.reads = reads;
    }

    @GetMapping({JobsApi.PATH + ".csv", PAGES + ".csv"})
    void export(@RequestParam MultiValueMap<String, String> parameters, HttpServletResponse response)
            throws IOException {
        var filter = JobQuery.of(parameters).filter();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"reelgate-jobs.csv\"");
        // Not closed on failure: what broke off must not look complete.
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        var csv = new Csv(out);
        csv.row(HEADER);
        var page = reads.run(() -> lists.export(filter, null));
        write(page, csv);
        while (page.next() != null) {
            var before = page.next();
            page = reads.goOn(() -> lists.export(filter, before));
            write(page, csv);
        }
        out.flush();
    }

    private static void write(JobPage<JobListing> page, Csv csv) throws IOException {
        for (var listing : page.jobs()) {
            csv.row(cells(listing));
        }
    }

    private static List<@Nullable Object> cells(JobListing listing) {
        var job = listing.job();
        JobError error = job.error();
        VideoResult film = job.film();
        var cells = new ArrayList<@Nullable Object>();
        cells.add(job.id());
        cells.add(job.app());
        cells.add(job.model());
        cells.add(job.status().word());
        cells.add(listing.prompt());
        cells.add(job.upstreamTaskId());
        cells.add(job.progress());
        cells.add(error == null ? null : error.code());
        cells.add(error == null ? null : error.message());
        cells.add(film == null ? null : film.completionTokens());
        cells.add(film == null ? null : film.totalTokens());
        cells.add(job.createdAt());
        cells.add(job.acceptedAt());
        cells.add(job.finishedAt());
        cells.add(job.requestId());
        cells.add(listing.seconds());
        cells.add(listing.size());
        return cells;
    }
}
