package io.reelgate.ops;

import io.reelgate.job.JobHistory;
import io.reelgate.job.JobView;
import io.reelgate.job.Timeline;
import io.reelgate.submission.Settlement;
import io.reelgate.submission.Settlement.Act;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /ops/api/jobs}: find jobs, look at one, settle one. */
@OpsApi("/ops/api/jobs")
class JobsApi {

    private static final int MOST = 200;

    private final JobHistory history;
    private final Timeline timeline;
    private final Settlement settlement;

    JobsApi(JobHistory history, Timeline timeline, Settlement settlement) {
        this.history = history;
        this.timeline = timeline;
        this.settlement = settlement;
    }

    @GetMapping
    JobPage list(
            JobQuery query,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw OpsProblem.badParameter("limit", "'limit' must be a number from 1 to " + MOST);
        }
        var found = history.list(query.filter(), JobQuery.behind(cursor), limit + 1);
        var items = found.stream().limit(limit).map(JobItem::of).toList();
        return new JobPage(
                items,
                found.size() > limit ? JobQuery.cursorBehind(items.getLast().id()) : null);
    }

    @GetMapping("/{id}")
    JobDetail find(@PathVariable String id) {
        var job = known(id);
        return JobDetail.of(job, history.request(job.id()).orElse("null"), timeline.of(job.id()));
    }

    @PostMapping("/{id}/poll")
    JobDetail poll(@PathVariable String id, Principal user) {
        var job = known(id);
        return answer(job, settlement.pollNow(job.id(), new Act(user.getName(), null)));
    }

    /**
     * What ops decided about a job.
     *
     * @param action {@code attach}, {@code lost} or {@code reopen}
     * @param upstreamTaskId with {@code attach}: the task that the job became
     * @param note what to remember about it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Resolution(
            @Nullable String action,
            @Nullable String upstreamTaskId,
            @Nullable String note) {}

    @PostMapping("/{id}/resolution")
    JobDetail resolve(@PathVariable String id, @RequestBody Resolution resolution, Principal user) {
        var job = known(id);
        var act = new Act(user.getName(), resolution.note());
        return answer(
                job,
                switch (resolution.action()) {
                    case "attach" -> settlement.attach(job.id(), taskId(resolution), act);
                    case "lost" -> settlement.lost(job.id(), act);
                    case "reopen" -> settlement.reopen(job.id(), act);
                    case null, default ->
                        throw OpsProblem.badParameter("action", "'action' must be attach, lost or reopen");
                });
    }

    private static String taskId(Resolution resolution) {
        var id = resolution.upstreamTaskId();
        if (id == null || id.isBlank()) {
            throw OpsProblem.badParameter("upstream_task_id", "'attach' needs the 'upstream_task_id' to attach");
        }
        return id.strip();
    }

    private JobDetail answer(JobView job, Settlement.Result result) {
        return switch (result) {
            case Settlement.Result.Done _ -> find(job.id());
            case Settlement.Result.NoSuchJob _ -> throw OpsProblem.noSuchJob(job.id());
            case Settlement.Result.NotPossible(var why) -> throw OpsProblem.of(HttpStatus.CONFLICT, why);
            case Settlement.Result.NotConfirmed(var why) -> throw OpsProblem.of(HttpStatus.UNPROCESSABLE_CONTENT, why);
        };
    }

    private JobView known(String id) {
        return history.find(id).orElseThrow(() -> OpsProblem.noSuchJob(id));
    }
}
