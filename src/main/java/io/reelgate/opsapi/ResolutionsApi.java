package io.reelgate.opsapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.ResolutionCommands;
import io.reelgate.operations.ResolutionCommands.Deed;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /ops/api/jobs/{id}/poll} and {@code …/resolution}; both answer with the job as it is then. */
@RestController
class ResolutionsApi {

    private final ResolutionCommands acts;
    private final JobDetails jobs;

    ResolutionsApi(ResolutionCommands acts, JobDetails jobs) {
        this.acts = acts;
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
        return JobDetailJson.of(acts.pollNow(new Deed(id, by, null)), jobs);
    }

    @PostMapping(JobsApi.PATH + "/{id}/resolution")
    JobDetailJson resolve(@PathVariable String id, Principal by, @RequestBody Resolution resolution) {
        var deed = new Deed(id, by, resolution.note());
        var job = switch (resolution.action()) {
            case "attach" -> acts.attach(deed, resolution.upstreamTaskId());
            case "lost" -> acts.lost(deed);
            case "reopen" -> acts.reopen(deed);
            case null, default -> throw OpsProblem.parameter("action", "action must be one of: attach, lost, reopen");
        };
        return JobDetailJson.of(job, jobs);
    }
}
