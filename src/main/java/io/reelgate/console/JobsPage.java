package io.reelgate.console;

import io.reelgate.job.JobStatus;
import io.reelgate.job.query.FilmFilter;
import io.reelgate.job.query.JobLists;
import io.reelgate.operations.Cursor;
import io.reelgate.operations.Films;
import io.reelgate.operations.JobDetails;
import io.reelgate.operations.JobQuery;
import io.reelgate.operations.OpsProblem;
import io.reelgate.operations.OpsReads;
import io.reelgate.operations.Statistics;
import io.reelgate.operations.Window;
import io.reelgate.upstream.UpstreamProperties;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** {@code /ops/jobs}: the history; the filter is the address. */
@Controller
public class JobsPage {

    public static final String PATH = "/ops/jobs";

    private final JobLists lists;
    private final OpsReads reads;
    private final JobDetails details;
    private final Statistics statistics;
    private final Films films;
    private final UpstreamProperties upstream;
    private final Formats words;
    private final Clock clock;

    JobsPage(
            JobLists lists,
            OpsReads reads,
            JobDetails details,
            Statistics statistics,
            Films films,
            UpstreamProperties upstream,
            Formats words,
            Clock clock) {
        this.lists = lists;
        this.reads = reads;
        this.details = details;
        this.statistics = statistics;
        this.films = films;
        this.upstream = upstream;
        this.words = words;
        this.clock = clock;
    }

    /** Ranges of time one click away. */
    record Range(String word, String link, boolean chosen) {}

    @GetMapping(PATH)
    String jobs(@RequestParam MultiValueMap<String, String> parameters, Model model, HttpServletResponse response) {
        var address = QueryString.of(parameters);
        model.addAttribute("address", address);
        model.addAttribute("statuses", JobStatus.values());
        model.addAttribute("chosen", parameters.getOrDefault("status", List.of()));
        model.addAttribute("films", FilmFilter.values());
        model.addAttribute("filmsKept", films.areKept() || parameters.containsKey("film"));
        model.addAttribute("ranges", ranges(address));
        model.addAttribute("apps", suggested(statistics::apps));
        model.addAttribute("models", suggested(this::models));
        try {
            fill(JobQuery.of(parameters), address, model);
        } catch (OpsProblem wrong) {
            response.setStatus(wrong.status().value());
            model.addAttribute("wrong", words.problem(wrong));
            model.addAttribute("rows", List.of());
            model.addAttribute("filter", null);
        }
        return "ops/jobs";
    }

    /** The rows of these jobs as they are now, to be put in the place of those on the page. */
    @GetMapping(PATH + "/rows")
    String rows(@RequestParam(name = "id", defaultValue = "") List<String> ids, Model model) {
        var now = clock.instant();
        var wanted = ids.stream().limit(JobQuery.MOST).toList();
        model.addAttribute(
                "rows",
                reads.run(() -> lists.findAll(wanted)).stream()
                        .map(job -> JobListItem.of(job, now))
                        .toList());
        return "ops/rows :: update";
    }

    /** From the search box in the frame: an id leads to its job, all else is looked for in the prompts. */
    @GetMapping("/ops/find")
    String find(@RequestParam(defaultValue = "") String q) {
        var wanted = q.strip();
        if (wanted.length() > JobQuery.LONGEST) {
            throw OpsProblem.parameter("q", "q must have at most " + JobQuery.LONGEST + " characters");
        }
        var target = details.look(wanted)
                .map(job -> UriComponentsBuilder.fromPath(PATH).pathSegment(job.id()))
                .orElseGet(() -> UriComponentsBuilder.fromPath(PATH).queryParam("text", "{text}"));
        return "redirect:" + target.encode().buildAndExpand(wanted).toUriString();
    }

    private void fill(JobQuery query, QueryString address, Model model) {
        var page = reads.run(() -> lists.search(query.filter(), query.before(), query.limit()));
        var now = clock.instant();
        model.addAttribute("filter", query.filter());
        model.addAttribute(
                "rows",
                page.jobs().stream().map(job -> JobListItem.of(job, now)).toList());
        model.addAttribute("older", page.next() == null ? null : address.with("cursor", Cursor.after(page.next())));
        model.addAttribute("searchedTo", page.searchedTo());
        model.addAttribute("first", query.before() == null);
    }

    private List<Range> ranges(QueryString address) {
        var plain = address.without("from").without("to");
        return Stream.concat(
                        Stream.of(Window.values())
                                .map(window -> new Range(
                                        window.word(),
                                        plain.with("from", sinceNow(window.length()))
                                                .toString(),
                                        false)),
                        Stream.of(new Range(
                                "all", plain.toString(), plain.toString().equals(address.toString()))))
                .toList();
    }

    private String sinceNow(Duration length) {
        return clock.instant().minus(length).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What a field suggests; nothing if that takes too long now. */
    private static List<String> suggested(Supplier<List<String>> names) {
        try {
            return names.get();
        } catch (OpsProblem slow) {
            return List.of();
        }
    }

    /** Those that may be asked for, and those that lately were. */
    private List<String> models() {
        return Stream.concat(
                        upstream.models().stream().filter(model -> !model.equals("*")),
                        statistics.in(Window.HOUR).byModel().keySet().stream())
                .distinct()
                .sorted()
                .limit(100)
                .toList();
    }
}
