package io.reelgate.api.videos;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppLists;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.ListParameters;
import io.reelgate.api.intake.Intake;
import io.reelgate.job.query.JobQueries;
import io.reelgate.web.AppError;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/videos}: submit a job, look one up, list one's own, cancel one. */
@RestController
@RequestMapping(AppRoutes.VIDEOS)
public class VideosController {

    private final Intake intake;
    private final VideoBody body;
    private final AppAccess access;
    private final JobQueries jobs;
    private final AppLists lists;
    private final Cancellation cancellation;

    VideosController(
            Intake intake,
            VideoBody body,
            AppAccess access,
            JobQueries jobs,
            AppLists lists,
            Cancellation cancellation) {
        this.intake = intake;
        this.body = body;
        this.access = access;
        this.jobs = jobs;
        this.lists = lists;
        this.cancellation = cancellation;
    }

    /** Its media type is checked before it comes here, and may be one that Spring MVC could not read. */
    @PostMapping
    ResponseEntity<VideoJson> submit(HttpServletRequest request) {
        var submitted = intake.submit(request, body);
        return submitted.submission(VideoJson.of(submitted.job(), submitted.wish()));
    }

    @GetMapping("/{id}")
    ResponseEntity<VideoJson> find(@PathVariable String id, HttpServletRequest request) {
        var job = access.find(id, request);
        return json(VideoJson.of(job, jobs.wish(job.id())));
    }

    @GetMapping
    ResponseEntity<VideoListJson> list(
            HttpServletRequest request,
            @RequestParam(defaultValue = "20") String limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "desc") String order) {
        if (!order.equals("asc") && !order.equals("desc")) {
            throw AppError.invalid("order", "'order' must be asc or desc");
        }
        return json(VideoListJson.of(
                lists.page(request, ListParameters.after(after), ListParameters.limit(limit), order.equals("asc"))));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<DeletedVideoJson> delete(@PathVariable String id, HttpServletRequest request) {
        var app = access.claimed(request);
        var job = access.find(id, request);
        if (!job.app().equals(app)) {
            throw AppRoutes.unknownTask(id);
        }
        cancellation.cancel(job);
        return json(DeletedVideoJson.of(job.id()));
    }

    private static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
