package io.reelgate.operations;

import io.reelgate.archive.FilmRecord;
import io.reelgate.archive.library.FilmLibrary;
import io.reelgate.billing.Cost;
import io.reelgate.billing.charge.ChargeTable;
import io.reelgate.job.JobEvent;
import io.reelgate.job.JobStatus;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobTexts;
import io.reelgate.job.query.JobView;
import io.reelgate.job.stats.TicketWatch;
import io.reelgate.job.stats.TicketWatch.Watched;
import io.reelgate.job.store.Timeline;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One job and all that is on record about it. */
@Component
public class JobDetails {

    /** Each but the first few was a correction by somebody. */
    private static final int MOST_CHARGES = 50;

    private final JobQueries history;
    private final JobTexts texts;
    private final Timeline timeline;
    private final TicketWatch tickets;
    private final FilmLibrary library;
    private final ChargeTable charges;
    private final OpsReads reads;

    JobDetails(
            JobQueries history,
            JobTexts texts,
            Timeline timeline,
            TicketWatch tickets,
            FilmLibrary library,
            ChargeTable charges,
            OpsReads reads) {
        this.history = history;
        this.texts = texts;
        this.timeline = timeline;
        this.tickets = tickets;
        this.library = library;
        this.charges = charges;
        this.reads = reads;
    }

    /** The job of this id, the gateway's, the upstream's or that of the request which brought it; throws {@link OpsProblem} if there is none. */
    public JobView find(String id) {
        return look(id).orElseThrow(() -> OpsProblem.noSuchJob(id));
    }

    /** The same; empty if there is none. */
    public Optional<JobView> look(String id) {
        return history.find(id).or(() -> history.findByRequest(id));
    }

    /** Its whole prompt. */
    public String prompt(JobView job) {
        return reads.run(() -> texts.prompt(job.id())).orElseThrow(() -> OpsProblem.noSuchJob(job.id()));
    }

    /** The JSON that asked for it, inline media elided. */
    public RecordedRequest request(JobView job) {
        return new RecordedRequest(texts, reads, job.id());
    }

    /** What happened to it, oldest first. */
    public List<JobEvent> timeline(JobView job) {
        return reads.run(() -> timeline.of(job.id()));
    }

    /** What is on record of the keeping of its film; empty if nobody was to keep it. */
    public Optional<FilmRecord> film(JobView job) {
        return job.status() == JobStatus.SUCCEEDED ? reads.timed(() -> library.find(job.id())) : Optional.empty();
    }

    /** What is known of its money. */
    public JobMoney money(JobView job) {
        var booked = reads.run(() -> charges.of(job.id(), MOST_CHARGES));
        return new JobMoney(job.estimate(), Cost.of(job), booked, job.status().ended());
    }

    /** How its polls go; empty if it is not in flight. */
    public Optional<Watched> watched(JobView job) {
        return job.status().tracked() ? reads.run(() -> tickets.find(job.id())) : Optional.empty();
    }
}
