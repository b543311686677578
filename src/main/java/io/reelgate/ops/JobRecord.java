package io.reelgate.ops;

import io.reelgate.job.JobEvent;
import io.reelgate.job.JobHistory;
import io.reelgate.job.JobView;
import io.reelgate.job.TicketWatch;
import io.reelgate.job.TicketWatch.Watched;
import io.reelgate.job.Timeline;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One job and all that is on record about it. */
@Component
class JobRecord {

    private final JobHistory history;
    private final Timeline timeline;
    private final TicketWatch tickets;

    JobRecord(JobHistory history, Timeline timeline, TicketWatch tickets) {
        this.history = history;
        this.timeline = timeline;
        this.tickets = tickets;
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

    /** How its polls go; empty if it is not in flight. */
    Optional<Watched> watched(JobView job) {
        return job.status().tracked() ? tickets.find(job.id()) : Optional.empty();
    }

    JobDetailJson detail(JobView job) {
        return JobDetailJson.of(job, request(job), watched(job), timeline(job));
    }
}
