package io.reelgate.console;

import io.reelgate.incidents.QuotaIncident;
import io.reelgate.incidents.QuotaIncidents;
import io.reelgate.job.JobStatus;
import io.reelgate.job.stats.JobStatistics;
import io.reelgate.operations.Holds;
import io.reelgate.operations.OpsReads;
import io.reelgate.upstream.UpstreamClient;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * {@code /ops/balance}: for what jobs wait and when one is tried; and when the upstream had no money for which model, and whom that
 * hit.
 */
@Controller
class BalancePage {

    static final String PATH = "/ops/balance";

    private static final int MOST = 100;

    private final QuotaIncidents incidents;
    private final JobStatistics jobs;
    private final Holds holds;
    private final Formats words;
    private final OpsReads reads;
    private final Duration longestCall;
    private final Clock clock;

    BalancePage(
            QuotaIncidents incidents,
            JobStatistics jobs,
            Holds holds,
            OpsReads reads,
            UpstreamClient upstream,
            Formats words,
            Clock clock) {
        this.incidents = incidents;
        this.jobs = jobs;
        this.holds = holds;
        this.words = words;
        this.reads = reads;
        this.longestCall = upstream.longestCall();
        this.clock = clock;
    }

    /**
     * An incident as the page shows it.
     *
     * @param apps how many jobs of which app were refused, the most first
     * @param from since when such jobs may have been asked for: a job is older than its refusal, by a call and rarely more
     */
    record Line(QuotaIncident incident, Duration length, Map<String, Long> apps, Instant from) {

        public boolean isOpen() {
            return incident.closedAt() == null;
        }

        /** Where the jobs of this app and model that were refused in this time are listed, for whatever reason. */
        public String jobs(String app) {
            var filter = QueryString.EMPTY
                    .with("app", app)
                    .with("status", JobStatus.REJECTED.word())
                    .with("model", incident.model())
                    .with("from", exact(from));
            var closedAt = incident.closedAt();
            return JobsPage.PATH + (closedAt == null ? filter : filter.with("to", exact(closedAt)));
        }

        private static String exact(Instant at) {
            return at.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    }

    /** Where the page was before. */
    @GetMapping("/ops/quota")
    String moved() {
        return "redirect:" + PATH;
    }

    @PostMapping(PATH + "/try")
    String tryNow(@RequestParam String account, @RequestParam String model, Principal by, RedirectAttributes next) {
        var lane = model.isEmpty() ? null : model;
        int lanes = holds.tryNow(account, lane, by.getName());
        next.addFlashAttribute(
                lanes > 0 ? "done" : "refused", words.text(lanes > 0 ? "done.try" : "lanes.open.already"));
        return "redirect:" + PATH;
    }

    @GetMapping(PATH)
    String balance(Model model) {
        var now = clock.instant();
        var latest = reads.run(() -> incidents.latest(MOST));
        var refused = reads.run(
                () -> jobs.refused(latest.stream().map(QuotaIncident::id).toList()));
        var lately = reads.run(() -> incidents.since(now.minus(Duration.ofDays(IncidentTimeline.DAYS))));
        model.addAttribute(
                "lines",
                latest.stream()
                        .map(incident -> new Line(
                                incident,
                                length(incident, now),
                                refused.getOrDefault(incident.id(), Map.of()),
                                incident.openedAt().minus(longestCall)))
                        .toList());
        model.addAttribute("strip", IncidentTimeline.of(lately, now));
        model.addAttribute("lanes", reads.run(holds::lanes));
        return "ops/balance";
    }

    private static Duration length(QuotaIncident incident, Instant now) {
        var closedAt = incident.closedAt();
        return Duration.between(incident.openedAt(), closedAt == null ? now : closedAt);
    }
}
