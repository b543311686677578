package io.reelgate.console;

import io.reelgate.admission.SubmissionGate;
import io.reelgate.archive.library.ArchiveNumbers;
import io.reelgate.operations.Alarms;
import io.reelgate.operations.Films;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.Statistics;
import io.reelgate.operations.Window;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /ops}: how things stand, and the switch that pauses submissions. */
@Controller
class OverviewPage {

    private static final Logger log = LoggerFactory.getLogger(OverviewPage.class);

    private final Statistics statistics;
    private final Alarms alarms;
    private final Films films;
    private final ChartMaker charts;
    private final SubmissionGate gate;
    private final Formats words;

    OverviewPage(
            Statistics statistics, Alarms alarms, Films films, ChartMaker charts, SubmissionGate gate, Formats words) {
        this.statistics = statistics;
        this.alarms = alarms;
        this.films = films;
        this.charts = charts;
        this.gate = gate;
        this.words = words;
    }

    @GetMapping("/ops")
    String overview(
            @RequestParam(defaultValue = "24h") String window,
            @RequestParam(defaultValue = "ending") String by,
            Model model) {
        model.addAttribute("overview", overview(Window.of(window), GroupBy.of(by)));
        return "ops/overview";
    }

    @PostMapping("/ops/pause")
    String pause(
            @RequestParam boolean paused,
            @RequestParam(required = false) @Nullable String note,
            Principal by,
            RedirectAttributes next) {
        gate.pause(paused, note, by.getName());
        next.addFlashAttribute("done", words.text(paused ? "done.paused" : "done.resumed"));
        return "redirect:/ops";
    }

    private Overview overview(Window window, GroupBy split) {
        try {
            var waiting = statistics.waiting();
            var jobs = statistics.in(window);
            var figures = new Overview.Figures(jobs, waiting, charts.draw(jobs, split), kept());
            return new Overview(window, split, alarms.now(), paused(), figures);
        } catch (OpsProblem | QueryTimeoutException slow) {
            return new Overview(window, split, alarms.withoutNumbers(), paused(), null);
        } catch (DataAccessException e) {
            log.error("The overview has no numbers: {}", e.getMessage());
            return new Overview(window, split, alarms.withoutRecord(), paused(), null);
        }
    }

    /** Nothing without an archive, unless one has been there. */
    private @Nullable ArchiveNumbers kept() {
        var numbers = films.numbers();
        return films.areKept() || numbers.films() + numbers.waiting() > 0 ? numbers : null;
    }

    private boolean paused() {
        try {
            return gate.state().paused();
        } catch (DataAccessException unknown) {
            return false;
        }
    }
}
