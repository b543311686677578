package io.reelgate.ops;

import static java.util.stream.Collectors.toMap;

import io.reelgate.job.JobHistory;
import io.reelgate.job.JobView;
import io.reelgate.job.TicketWatch.Watched;
import io.reelgate.tracking.StalledJobs;
import io.reelgate.tracking.StalledJobs.Slow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /ops/stalled}: the jobs in flight that need a look, and why. */
@Controller
class StalledPage {

    static final String PATH = "/ops/stalled";

    private static final int MOST_ROWS = 100;

    private final Stalled stalled;
    private final StalledJobs jobs;
    private final JobHistory history;

    StalledPage(Stalled stalled, StalledJobs jobs, JobHistory history) {
        this.stalled = stalled;
        this.jobs = jobs;
        this.history = history;
    }

    /** A job of which polls tell nothing. */
    record SilentRow(JobView job, Watched watched) {}

    /** A job that takes far longer than others of its kind. */
    record SlowRow(JobView job, Slow slow) {}

    @GetMapping(PATH)
    String stalled(Model model) {
        var reading = stalled.now();
        var silent = jobs.silent(MOST_ROWS);
        var slow = reading.slow().stream().limit(MOST_ROWS).toList();
        var views = history
                .findAll(Stream.concat(
                                silent.stream().map(Watched::jobId),
                                slow.stream().map(Slow::jobId))
                        .toList())
                .stream()
                .collect(toMap(JobView::id, Function.identity()));
        model.addAttribute(
                "silent",
                silent.stream()
                        .flatMap(
                                one -> Stream.ofNullable(views.get(one.jobId())).map(job -> new SilentRow(job, one)))
                        .toList());
        model.addAttribute(
                "slow",
                slow.stream()
                        .flatMap(
                                one -> Stream.ofNullable(views.get(one.jobId())).map(job -> new SlowRow(job, one)))
                        .toList());
        model.addAttribute("moreSilent", Math.max(0, reading.silent() - silent.size()));
        model.addAttribute("moreSlow", reading.slow().size() - slow.size());
        model.addAttribute("silence", StalledJobs.SILENCE.toMinutes());
        model.addAttribute("times", StalledJobs.TIMES);
        return "ops/stalled";
    }
}
