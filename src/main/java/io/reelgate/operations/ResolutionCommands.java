package io.reelgate.operations;

import io.reelgate.job.query.JobView;
import io.reelgate.submission.ResolutionService;
import io.reelgate.submission.ResolutionService.Result;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What ops do to a job; throws {@link OpsProblem} if it was not done. */
@Component
public class ResolutionCommands {

    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_TASK_ID = 200;

    private final ResolutionService settlement;
    private final JobDetails jobs;

    ResolutionCommands(ResolutionService settlement, JobDetails jobs) {
        this.settlement = settlement;
        this.jobs = jobs;
    }

    /** Who acts on which job, by whichever of its ids, and why. */
    public record Deed(String id, Principal by, @Nullable String note) {

        private ResolutionService.Act act() {
            if (note != null && note.length() > LONGEST_NOTE) {
                throw OpsProblem.parameter("note", "note must have at most " + LONGEST_NOTE + " characters");
            }
            return new ResolutionService.Act(by.getName(), note == null || note.isBlank() ? null : note.strip());
        }
    }

    /** Has a job in flight polled at once; returns the job. */
    public JobView pollNow(Deed deed) {
        var job = jobs.find(deed.id());
        return after(job, settlement.pollNow(job.id(), deed.act()));
    }

    /** Names the upstream's task of an unconfirmed or given-up job; returns the job. */
    public JobView attach(Deed deed, @Nullable String upstreamTaskId) {
        if (upstreamTaskId == null || upstreamTaskId.isBlank() || upstreamTaskId.length() > LONGEST_TASK_ID) {
            throw OpsProblem.parameter(
                    "upstream_task_id", "upstream_task_id must be the id that the upstream gave the task");
        }
        var job = jobs.find(deed.id());
        return after(job, settlement.attach(job.id(), upstreamTaskId.strip(), deed.act()));
    }

    /** Declares an unconfirmed job lost; returns the job. */
    public JobView lost(Deed deed) {
        var job = jobs.find(deed.id());
        return after(job, settlement.lost(job.id(), deed.act()));
    }

    /** Has an expired or given-up job followed again; returns the job. */
    public JobView reopen(Deed deed) {
        var job = jobs.find(deed.id());
        return after(job, settlement.reopen(job.id(), deed.act()));
    }

    private JobView after(JobView job, Result result) {
        return switch (result) {
            case Result.Done _ -> jobs.find(job.id());
            case Result.NoSuchJob _ -> throw OpsProblem.noSuchJob(job.id());
            case Result.NotPossible(var why) -> throw OpsProblem.of(HttpStatus.CONFLICT, why);
            case Result.NotConfirmed(var why) -> throw OpsProblem.of(HttpStatus.UNPROCESSABLE_CONTENT, why);
            case Result.NotTold(var why) -> throw OpsProblem.of(HttpStatus.BAD_GATEWAY, why);
        };
    }
}
