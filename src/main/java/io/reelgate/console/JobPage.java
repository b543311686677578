package io.reelgate.console;

import io.reelgate.operations.Deliveries;
import io.reelgate.operations.Films;
import io.reelgate.operations.Holds;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.RecordedRequest;
import io.reelgate.operations.Resolutions;
import io.reelgate.operations.Resolutions.Resolver;
import io.reelgate.operations.spend.ChargeCorrections;
import io.reelgate.tracking.StalledJobs;
import io.reelgate.web.ForeignFilm;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** {@code /ops/jobs/{id}}: one job, and what can be done about it. */
@Controller
class JobPage {

    /** Characters of a request that the page shows. A body may have megabytes; a page of its own gives the whole of it. */
    private static final int LONGEST_SHOWN = 100_000;

    private final JobDetails jobs;
    private final Resolutions resolutions;
    private final Holds holds;
    private final Films films;
    private final Deliveries deliveries;
    private final ChargeCorrections corrections;
    private final StalledJobs stalled;
    private final Formats words;
    private final ObjectMapper indenting;
    private final Clock clock;

    JobPage(
            JobDetails jobs,
            Resolutions resolutions,
            Holds holds,
            Films films,
            Deliveries deliveries,
            ChargeCorrections corrections,
            StalledJobs stalled,
            Formats words,
            JsonMapper json,
            Clock clock) {
        this.jobs = jobs;
        this.resolutions = resolutions;
        this.holds = holds;
        this.films = films;
        this.deliveries = deliveries;
        this.corrections = corrections;
        this.stalled = stalled;
        this.words = words;
        this.indenting = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        this.clock = clock;
    }

    @GetMapping(JobsPage.PATH + "/{id}")
    String job(@PathVariable String id, Model model, HttpServletRequest request) {
        var job = jobs.find(id);
        if (!job.id().equals(id)) {
            return "redirect:" + JobsPage.PATH + "/" + job.id();
        }
        var asked = jobs.request(job).beginning(LONGEST_SHOWN + 1);
        boolean whole = asked.codePointCount(0, asked.length()) <= LONGEST_SHOWN;
        var watched = jobs.watched(job);
        var gateway = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        var sheet = new JobDetailView(
                job,
                jobs.prompt(job),
                whole ? indented(asked) : words.cut(asked, LONGEST_SHOWN),
                asked.contains(", sha256 "),
                whole ? Curl.of(gateway, job.app(), asked) : null,
                TimelineLine.of(jobs.timeline(job)),
                watched.orElse(null),
                watched.flatMap(stalled::slow).orElse(null),
                jobs.film(job).orElse(null),
                films.areKept(),
                clock.instant());
        if (sheet.playsForeignFilm()) {
            ForeignFilm.allowOn(request);
        }
        model.addAttribute("sheet", sheet);
        model.addAttribute("money", jobs.money(job));
        model.addAttribute("deliveries", job.status().ended() ? deliveries.of(job.id()) : List.of());
        return "ops/job";
    }

    /** The whole of a request that is too long for the page. */
    @GetMapping(path = JobsPage.PATH + "/{id}/request", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    RecordedRequest request(@PathVariable String id) {
        return jobs.request(jobs.find(id));
    }

    @PostMapping(JobsPage.PATH + "/{id}/poll")
    String poll(@PathVariable String id, Principal by, RedirectAttributes next) {
        return after(id, "done.poll", next, () -> resolutions.pollNow(id, new Resolver(by.getName(), null)));
    }

    @PostMapping(JobsPage.PATH + "/{id}/cancel")
    String cancel(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String note,
            Principal by,
            RedirectAttributes next) {
        return after(id, "done.cancel", next, () -> holds.cancel(id, new Resolver(by.getName(), note)));
    }

    @PostMapping(JobsPage.PATH + "/{id}/keep")
    String keep(@PathVariable String id, Principal by, RedirectAttributes next) {
        return after(id, "done.keep", next, () -> films.keep(id, by.getName()));
    }

    @PostMapping(JobsPage.PATH + "/{id}/charge")
    String charge(
            @PathVariable String id,
            @RequestParam String amount,
            @RequestParam(required = false) @Nullable String note,
            Principal by,
            RedirectAttributes next) {
        return after(id, "done.charge", next, () -> corrections.correct(id, amount, note, by.getName()));
    }

    @PostMapping(JobsPage.PATH + "/{id}/resolution")
    String resolve(
            @PathVariable String id,
            @RequestParam String action,
            @RequestParam(name = "upstream_task_id", required = false) @Nullable String upstreamTaskId,
            @RequestParam(required = false) @Nullable String note,
            Principal by,
            RedirectAttributes next) {
        next.addFlashAttribute("typedTask", upstreamTaskId).addFlashAttribute("typedNote", note);
        return switch (action) {
            case "attach" ->
                after(
                        id,
                        "done.attach",
                        next,
                        () -> resolutions.attach(id, upstreamTaskId, new Resolver(by.getName(), note)));
            case "lost" -> after(id, "done.lost", next, () -> resolutions.lost(id, new Resolver(by.getName(), note)));
            case "reopen" ->
                after(id, "done.reopen", next, () -> resolutions.reopen(id, new Resolver(by.getName(), note)));
            default -> throw OpsProblem.parameter("action", "action must be one of: attach, lost, reopen");
        };
    }

    private String after(String id, String done, RedirectAttributes next, Runnable act) {
        var job = jobs.find(id);
        try {
            act.run();
            next.addFlashAttribute("done", words.text(done));
        } catch (OpsProblem refused) {
            next.addFlashAttribute("refused", refused.detail());
        }
        next.addAttribute("id", job.id());
        return "redirect:" + JobsPage.PATH + "/{id}";
    }

    /** Easier to read; as it came where it cannot be read at all. */
    private String indented(String request) {
        try {
            return indenting.writerWithDefaultPrettyPrinter().writeValueAsString(indenting.readTree(request));
        } catch (JacksonException e) {
            return request;
        }
    }
}
