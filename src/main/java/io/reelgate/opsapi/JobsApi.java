package io.reelgate.opsapi;

import io.reelgate.job.query.JobLists;
import io.reelgate.operations.Cursor;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.JobQuery;
import io.reelgate.operations.OpsReads;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /ops/api/jobs}: the history, as JSON. */
@RestController
class JobsApi {

    static final String PATH = "/ops/api/jobs";

    private final JobLists lists;
    private final OpsReads reads;
    private final JobDetails jobs;

    JobsApi(JobLists lists, OpsReads reads, JobDetails jobs) {
        this.lists = lists;
        this.reads = reads;
        this.jobs = jobs;
    }

    @GetMapping(PATH)
    PageJson<JobJson> list(@RequestParam MultiValueMap<String, String> parameters) {
        var query = JobQuery.of(parameters);
        var page = reads.run(() -> lists.search(query.filter(), query.before(), query.limit()));
        return new PageJson<>(
                page.jobs().stream().map(JobJson::of).toList(), page.next() == null ? null : Cursor.after(page.next()));
    }

    @GetMapping(PATH + "/{id}")
    JobDetailJson one(@PathVariable String id) {
        return JobDetailJson.of(jobs.find(id), jobs);
    }
}
