package io.reelgate.opsapi;

import io.reelgate.operations.Films;
import io.reelgate.operations.JobDetails;
import java.security.Principal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /ops/api/jobs/{id}/keep} and {@code /ops/api/films/keep}: films that are not kept, and still can be had. */
@RestController
class FilmsApi {

    static final String KEEP_ALL = "/ops/api/films/keep";

    private final Films films;
    private final JobDetails jobs;

    FilmsApi(Films films, JobDetails jobs) {
        this.films = films;
        this.jobs = jobs;
    }

    /** How many are to be kept now that were not before. */
    record ToKeep(int films) {}

    /** Answers with the job as it is then. */
    @PostMapping(JobsApi.PATH + "/{id}/keep")
    JobDetailJson keep(@PathVariable String id, Principal by) {
        return JobDetailJson.of(films.keep(id, by.getName()), jobs);
    }

    @PostMapping(KEEP_ALL)
    ToKeep keepAll(Principal by) {
        return new ToKeep(films.keepAll(by.getName()));
    }
}
