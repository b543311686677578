package io.reelgate.api.seedance;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppLists;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.AppStatus;
import io.reelgate.api.CancelErrors;
import io.reelgate.api.ContentUrl;
import io.reelgate.api.ListParameters;
import io.reelgate.api.intake.Intake;
import io.reelgate.api.intake.JsonBody;
import io.reelgate.job.JobStatus;
import io.reelgate.submission.hold.Cancellations;
import io.reelgate.submission.hold.Cancellations.Cancellation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/video/generations}: submit a job, look one up, call one off that waits, list one's own. */
@RestController
@RequestMapping(AppRoutes.GENERATIONS)
public class GenerationsController {

    private final Intake intake;
    private final JsonBody body;
    private final AppAccess access;
    private final AppLists lists;
    private final Cancellations cancellations;

    GenerationsController(Intake intake, JsonBody body, AppAccess access, AppLists lists, Cancellations cancellations) {
        this.intake = intake;
        this.body = body;
        this.access = access;
        this.lists = lists;
        this.cancellations = cancellations;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SubmissionJson> submit(HttpServletRequest request) {
        var submitted = intake.submit(request, body);
        return submitted.submission(SubmissionJson.of(submitted.job()));
    }

    @GetMapping("/{id}")
    ResponseEntity<StatusJson> find(@PathVariable String id, HttpServletRequest request) {
        var job = access.find(id, request);
        return json(StatusJson.of(job, ContentUrl.of(job.id())));
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<StatusJson> cancel(@PathVariable String id, HttpServletRequest request) {
        return switch (cancellations.cancel(access.findOwn(id, request), null, null)) {
            case Cancellation.Done(var job) -> json(StatusJson.of(job, ContentUrl.of(job.id())));
            case Cancellation.BeingTried tried -> throw CancelErrors.of(tried);
            case Cancellation.TooLate tooLate -> throw CancelErrors.of(tooLate);
        };
    }

    @GetMapping
    ResponseEntity<ListJson> list(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = "20") String limit,
            @RequestParam(required = false) @Nullable String after) {
        var statuses = status == null ? Set.<JobStatus>of() : AppStatus.behind(status);
        var page = lists.page(request, statuses, ListParameters.after(after), ListParameters.limit(limit));
        var jobs = page.jobs().stream()
                .map(job -> StatusJson.of(job, ContentUrl.of(job.id())))
                .toList();
        return json(ListJson.of(jobs, page.next()));
    }

    private static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
