package io.reelgate.ops;

import io.reelgate.job.JobEvent;
import io.reelgate.job.JobHistory;
import io.reelgate.job.JobView;
import io.reelgate.job.Timeline;
import java.util.List;
import org.springframework.stereotype.Component;

/** One job and all that is on record about it. */
@Component
class JobRecord {

    private final JobHistory history;
    private final Timeline timeline;

    JobRecord(JobHistory history, Timeline timeline) {
        this.history = history;
        this.timeline = timeline;
    }

    /** The job of this id, the gateway's or the upstream's; throws {@link OpsProblem} if there is none. */
    JobView find(String id) {
        return history.find(id).orElseThrow(() -> OpsProblem.noSuchJob(id));
    }

    /** The JSON that asked for it, inline media elided. */
    String request(JobView job) {
        return history.request(job.id()).orElse("null");
    }

    /** What happened to it, oldest first. */
    List<JobEvent> timeline(JobView job) {
        return timeline.of(job.id());
    }

    JobDetailJson detail(JobView job) {
        return JobDetailJson.of(job, request(job), timeline(job));
    }
}
