package io.reelgate.console;

import static java.util.stream.Collectors.toMap;

import io.reelgate.job.query.JobListing;
import io.reelgate.job.query.JobLists;
import io.reelgate.job.stats.TicketWatch.Watched;
import io.reelgate.operations.OpsReads;
import io.reelgate.operations.Stalled;
import io.reelgate.tracking.StalledJobs;
import io.reelgate.tracking.StalledJobs.Slow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /ops/stalled}: the jobs in flight that need a look, and why. */
@Controller
public class StalledPage {

    public static final String PATH = "/ops/stalled";

    private static final int MOST_ROWS = 100;

    private final Stalled stalled;
    private final StalledJobs jobs;
    private final JobLists lists;
    private final OpsReads reads;

    StalledPage(Stalled stalled, StalledJobs jobs, JobLists lists, OpsReads reads) {
        this.stalled = stalled;
        this.jobs = jobs;
        this.lists = lists;
        this.reads = reads;
    }

    /** A job of which polls tell nothing. */
    record SilentRow(JobListing listing, Watched watched) {}

    /** A job that takes far longer than others of its kind. */
    record SlowRow(JobListing listing, Slow slow) {}

    @GetMapping(PATH)
    String stalled(Model model) {
        var reading = stalled.now();
        var silent = reads.run(() -> jobs.silent(MOST_ROWS));
        var slow = reading.slow().stream().limit(MOST_ROWS).toList();
        var ids = Stream.concat(
                        silent.stream().map(Watched::jobId), slow.stream().map(Slow::jobId))
                .toList();
        var listings = reads.run(() -> lists.findAll(ids)).stream()
                .collect(toMap(listing -> listing.job().id(), Function.identity()));
        model.addAttribute(
                "silent",
                silent.stream()
                        .flatMap(one -> Stream.ofNullable(listings.get(one.jobId()))
                                .map(listing -> new SilentRow(listing, one)))
                        .toList());
        model.addAttribute(
                "slow",
                slow.stream()
                        .flatMap(one ->
                                Stream.ofNullable(listings.get(one.jobId())).map(listing -> new SlowRow(listing, one)))
                        .toList());
        model.addAttribute("moreSilent", Math.max(0, reading.silent() - silent.size()));
        model.addAttribute("moreSlow", reading.slow().size() - slow.size());
        model.addAttribute("silence", StalledJobs.SILENCE.toMinutes());
        model.addAttribute("times", StalledJobs.TIMES);
        return "ops/stalled";
    }
}
