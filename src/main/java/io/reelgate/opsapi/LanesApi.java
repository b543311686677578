package io.reelgate.opsapi;

import io.reelgate.operations.Holds;
import io.reelgate.operations.Holds.LaneLine;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.Resolutions.Resolver;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/lanes}, and the calling off of jobs that wait. */
@RestController
class LanesApi {

    static final String PATH = "/ops/api/lanes";

    private final Holds holds;
    private final JobDetails jobs;

    LanesApi(Holds holds, JobDetails jobs) {
        this.holds = holds;
        this.jobs = jobs;
    }

    /** All lanes: for what jobs wait. */
    record LanesJson(List<LaneJson> items) {}

    /**
     * For what jobs wait.
     *
     * @param model {@code null}: the whole account
     * @param state {@code open} or {@code closed}
     * @param message the upstream's words
     * @param nextTryAt when one job is tried; {@code null} while it is open
     * @param window how many attempts may be under way at once while it is open
     * @param oldest since when the job waits that waited longest
     * @param apps how many jobs of each app wait
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record LaneJson(
            String account,
            @Nullable String model,
            String state,
            String reason,
            String message,
            Instant since,
            @Nullable Instant nextTryAt,
            int window,
            long waiting,
            @Nullable Instant oldest,
            Map<String, Long> apps) {

        static LaneJson of(LaneLine line) {
            var lane = line.lane();
            return new LaneJson(
                    line.account(),
                    lane.isWholeAccount() ? null : lane.model(),
                    lane.isOpen() ? "open" : "closed",
                    lane.reason().word(),
                    lane.message(),
                    lane.since(),
                    lane.nextTryAt(),
                    lane.room(),
                    line.waiting(),
                    line.oldest(),
                    line.apps());
        }
    }

    /** Which lane is to be tried; nothing: all. */
    record Which(@Nullable String account, @Nullable String model) {}

    /** How many closed lanes are tried now. */
    record Tried(int lanes) {}

    /** How many jobs were called off. */
    record CalledOff(int jobs) {}

    @GetMapping(PATH)
    LanesJson lanes() {
        return new LanesJson(holds.lanes().stream().map(LaneJson::of).toList());
    }

    @PostMapping(PATH + "/try")
    Tried tryNow(@RequestBody(required = false) @Nullable Which which, Principal by) {
        if (which == null) {
            return new Tried(holds.tryNow(null, null, by.getName()));
        }
        if (which.account() == null && which.model() != null) {
            throw OpsProblem.parameter("account", "account must be named where model is");
        }
        return new Tried(holds.tryNow(which.account(), which.model(), by.getName()));
    }

    /** Answers with the job as it is then. */
    @PostMapping(JobsApi.PATH + "/{id}/cancel")
    JobDetailJson cancel(@PathVariable String id, Principal by) {
        return JobDetailJson.of(holds.cancel(id, new Resolver(by.getName(), null)), jobs);
    }

    @PostMapping(JobsApi.PATH + "/cancel")
    CalledOff cancelAll(@RequestParam(required = false) @Nullable String app, Principal by) {
        if (app == null || app.isBlank()) {
            throw OpsProblem.parameter("app", "app must be named: all its jobs that wait are called off");
        }
        return new CalledOff(holds.cancelAll(app, new Resolver(by.getName(), null)));
    }
}
