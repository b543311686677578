package io.reelgate.ops;

import io.reelgate.job.JobEvent;
import io.reelgate.job.JobHistory;
import io.reelgate.job.JobTexts;
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
    private final JobTexts texts;
    private final Timeline timeline;
    private final TicketWatch tickets;
    private final OpsReads reads;

    JobRecord(JobHistory history, JobTexts texts, Timeline timeline, TicketWatch tickets, OpsReads reads) {
        this.history = history;
        this.texts = texts;
        this.timeline = timeline;
        this.tickets = tickets;
        this.reads = reads;
    }

    /** The job of this id, the gateway's or the upstream's; throws {@link OpsProblem} if there is none. */
    JobView find(String id) {
        return history.find(id).orElseThrow(() -> OpsProblem.noSuchJob(id));
    }

    /** Its whole prompt. */
    String prompt(JobView job) {
        return reads.run(() -> texts.prompt(job.id())).orElseThrow(() -> OpsProblem.noSuchJob(job.id()));
    }

    /** The JSON that asked for it, inline media elided. */
    RequestJson request(JobView job) {
        return new RequestJson(texts, reads, job.id());
    }

    /** What happened to it, oldest first. */
    List<JobEvent> timeline(JobView job) {
        return reads.run(() -> timeline.of(job.id()));
    }

    /** How its polls go; empty if it is not in flight. */
    Optional<Watched> watched(JobView job) {
        return job.status().tracked() ? reads.run(() -> tickets.find(job.id())) : Optional.empty();
    }

    JobDetailJson detail(JobView job) {
        return JobDetailJson.of(job, prompt(job), request(job), watched(job), timeline(job));
    }
}
