package io.reelgate.api.seedance;

import io.reelgate.api.AppAccess;
import io.reelgate.api.AppRoutes;
import io.reelgate.api.ContentUrl;
import io.reelgate.api.Preference;
import io.reelgate.api.intake.JobOnRecord;
import io.reelgate.api.intake.JsonBody;
import io.reelgate.api.intake.WaitingAnswers;
import io.reelgate.job.query.JobView;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The routes of {@link GenerationsController} for apps that would like to wait ({@link Preference}). */
@RestController
@RequestMapping(path = AppRoutes.GENERATIONS, headers = Preference.HEADER)
@Hidden
class WaitingController {

    private static final WaitingAnswers.Dialect DIALECT = new WaitingAnswers.Dialect() {

        @Override
        public SubmissionJson submission(JobOnRecord submitted) {
            return SubmissionJson.of(submitted.job());
        }

        @Override
        public Function<JobView, ?> status(JobOnRecord submitted) {
            return WaitingController.status(submitted.job());
        }
    };

    private final JsonBody body;
    private final AppAccess access;
    private final WaitingAnswers answers;

    WaitingController(JsonBody body, AppAccess access, WaitingAnswers answers) {
        this.body = body;
        this.access = access;
        this.answers = answers;
    }

    @GetMapping("/{id}")
    DeferredResult<ResponseEntity<?>> find(@PathVariable String id, HttpServletRequest request) {
        var job = access.find(id, request);
        return answers.find(job, request, status(job));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    DeferredResult<ResponseEntity<?>> submit(HttpServletRequest request) {
        return answers.submit(request, body, DIALECT);
    }

    /** The address of the film is that of this request, so it is made on the request's own thread. */
    private static Function<JobView, ?> status(JobView job) {
        var contentUrl = ContentUrl.of(job.id());
        return now -> StatusJson.of(now, contentUrl);
    }
}
