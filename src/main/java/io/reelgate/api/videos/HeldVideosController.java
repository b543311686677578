package io.reelgate.api.videos;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.Preference;
import io.reelgate.api.intake.JobOnRecord;
import io.reelgate.api.intake.WaitingAnswers;
import io.reelgate.job.query.JobQueries;
import io.reelgate.job.query.JobView;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The routes of {@link VideosController} for apps that would like to wait ({@link Preference}). */
@RestController
@RequestMapping(path = AppRoutes.VIDEOS, headers = Preference.HEADER)
@Hidden
class HeldVideosController {

    private static final WaitingAnswers.Dialect DIALECT = new WaitingAnswers.Dialect() {

        @Override
        public VideoJson submission(JobOnRecord submitted) {
            return VideoJson.of(submitted.job(), submitted.wish());
        }

        @Override
        public Function<JobView, ?> status(JobOnRecord submitted) {
            return now -> VideoJson.of(now, submitted.wish());
        }
    };

    private final VideoBody body;
    private final AppAccess access;
    private final JobQueries jobs;
    private final WaitingAnswers answers;

    HeldVideosController(VideoBody body, AppAccess access, JobQueries jobs, WaitingAnswers answers) {
        this.body = body;
        this.access = access;
        this.jobs = jobs;
        this.answers = answers;
    }

    @GetMapping("/{id}")
    DeferredResult<ResponseEntity<?>> find(@PathVariable String id, HttpServletRequest request) {
        var job = access.find(id, request);
        var wish = jobs.wish(job.id()); // before the wait, so that its end asks the database for nothing more
        return answers.find(job, request, now -> VideoJson.of(now, wish));
    }

    @PostMapping
    DeferredResult<ResponseEntity<?>> submit(HttpServletRequest request) {
        return answers.submit(request, body, DIALECT);
    }
}
