package io.reelgate.ops;

import io.reelgate.job.JobStatistics;
import io.reelgate.quota.QuotaIncident;
import io.reelgate.quota.QuotaIncidents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /ops/quota}: when the upstream had no money for which model, and whom that hit. */
@Controller
class QuotaPage {

    private static final int MOST = 100;

    private final QuotaIncidents incidents;
    private final JobStatistics jobs;
    private final Clock clock;

    QuotaPage(QuotaIncidents incidents, JobStatistics jobs, Clock clock) {
        this.incidents = incidents;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** An incident as the table shows it; {@code apps} has the most refused first. */
    record Line(QuotaIncident incident, Duration length, Map<String, Long> apps) {

        public boolean isOpen() {
            return incident.closedAt() == null;
        }
    }

    @GetMapping("/ops/quota")
    String quota(Model model) {
        var now = clock.instant();
        var latest = incidents.latest(MOST);
        var refused = jobs.refused(latest.stream().map(QuotaIncident::id).toList());
        model.addAttribute(
                "lines",
                latest.stream()
                        .map(incident -> new Line(
                                incident, length(incident, now), refused.getOrDefault(incident.id(), Map.of())))
                        .toList());
        model.addAttribute("strip", Strip.of(incidents.since(now.minus(Duration.ofDays(Strip.DAYS))), now));
        return "ops/quota";
    }

    private static Duration length(QuotaIncident incident, Instant now) {
        var closedAt = incident.closedAt();
        return Duration.between(incident.openedAt(), closedAt == null ? now : closedAt);
    }
}
