package io.reelgate.opsapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.Resolutions;
import io.reelgate.operations.Resolutions.Resolver;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /ops/api/jobs/{id}/poll} and {@code …/resolution}; both answer with the job as it is then. */
@RestController
class ResolutionsApi {

    private final Resolutions resolutions;
    private final JobDetails jobs;

    ResolutionsApi(Resolutions resolutions, JobDetails jobs) {
        this.resolutions = resolutions;
        this.jobs = jobs;
    }

    /**
     * What to do about a job.
     *
     * @param action {@code attach}, {@code lost} or {@code reopen}
     * @param upstreamTaskId the task to attach
     * @param note for the timeline
     */
    record Resolution(
            @Nullable String action,
            @JsonProperty("upstream_task_id") @Nullable String upstreamTaskId,
            @Nullable String note) {}

    @PostMapping(JobsApi.PATH + "/{id}/poll")
    JobDetailJson poll(@PathVariable String id, Principal by) {
        return JobDetailJson.of(resolutions.pollNow(id, new Resolver(by.getName(), null)), jobs);
    }

    @PostMapping(JobsApi.PATH + "/{id}/resolution")
    JobDetailJson resolve(@PathVariable String id, Principal by, @RequestBody Resolution resolution) {
        var resolver = new Resolver(by.getName(), resolution.note());
        var job = switch (resolution.action()) {
            case "attach" -> resolutions.attach(id, resolution.upstreamTaskId(), resolver);
            case "lost" -> resolutions.lost(id, resolver);
            case "reopen" -> resolutions.reopen(id, resolver);
            case null, default -> throw OpsProblem.parameter("action", "action must be one of: attach, lost, reopen");
        };
        return JobDetailJson.of(job, jobs);
    }
}
